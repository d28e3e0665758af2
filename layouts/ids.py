"""Every component id, so that a callback and a layout cannot drift apart."""

SCREEN = "screen"
