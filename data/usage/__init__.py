"""Usage of services on its way into the store: read, checked, written, added up."""
