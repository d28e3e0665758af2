"""One module per kind of file: read it, check it, hand it on or refuse it."""
