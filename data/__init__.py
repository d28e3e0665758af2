"""Facts in and out: files, store, queries."""
