"""What people write and read on one line: how something is called."""

import unicodedata


def label(text: str) -> str:
    """A text as it is compared and kept: NFC, without white space around it."""
    return unicodedata.normalize("NFC", text).strip()


def is_label(text: str, most: int) -> bool:
    """Whether something can be called so: one to `most` letters, each of which can be seen."""
    return 0 < len(text) <= most and text.isprintable()
