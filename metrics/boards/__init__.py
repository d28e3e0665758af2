"""What each screen says, as frozen dataclasses; the only place in metrics that calls queries."""
