"""What is kept for ever: rows are added, never changed; a correction is a new revision with its reason."""
