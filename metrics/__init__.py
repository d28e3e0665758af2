"""What the numbers mean: plain values in, plain values out, no files, no database, no screen.

values     one figure ready to be judged and printed
targets    which version of a target governs, and its glidepath
status     how a figure stands
forecast   where it leads, and the pace that is needed
ranking    who stands where
aggregate  sums of numerators over sums of denominators
periods    how long a figure stays fresh
bins       the fixed classes of a map
remaining  what is missing to a target, counted in things

Every rule is decided on the values as printed, so that a reader can check it on the screen.
"""
