"""Every component id, so that a callback and a layout cannot drift apart."""

ADDRESS = "address"
SCREEN = "screen"
PANEL = "panel"
SHOWN = "shown"
