"""The scale that gauges and bullets share, and the marks of a bullet on it.

Zero-based and linear; the target stands at 90 % whatever its value, so all bars on a screen compare.
"""

from dataclasses import dataclass

TARGET_AT = 0.9


@dataclass(frozen=True)
class BulletMarks:
    """Where the marks of a bullet stand, in percent of its width; None where there is nothing to mark."""

    bar_pct: float | None
    target_pct: float
    glide_pct: float | None


def bullet_marks(value: float | None, target: float, expected: float | None = None) -> BulletMarks:
    """Marks for a value against its target and the glidepath at the value's own as-of date.

    All three are in the indicator's unit. No value gives no bar, which is not a bar of zero. Anything past
    111 % of the target stops at the right edge. Raises ValueError for a target of zero or less.
    """
    return BulletMarks(
        bar_pct=None if value is None else round(100 * place(value, target), 2),
        target_pct=100 * TARGET_AT,
        glide_pct=None if expected is None else round(100 * place(expected, target), 2),
    )


def place(value: float, target: float) -> float:
    """Where a value stands on the scale, from 0 (zero or below) to 1 (10/9 of the target or above)."""
    if target <= 0:
        raise ValueError(f"target {target!r}: the scale starts at zero, so a target must be above zero")
    return min(1.0, max(0.0, TARGET_AT * value / target))
