"""Provinces on the ground; the geometry moves in with the map."""
