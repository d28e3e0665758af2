"""Provinces on the ground: their boundaries, the two archipelagos, and the drawing that is made of both.

`islands` may be imported anywhere. `boundaries`, `drawing` and `build_boundaries` load a geometry library and are for
the command line: the server hands out a drawing that is already made.
"""
