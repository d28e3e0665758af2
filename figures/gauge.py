"""A half-circle gauge as SVG without words: value, target, glidepath and the shortfall between them.

The box is 200 wide and 106 high; the arc runs from the left end (zero) over the top to the right end, around
the point (100, 100). Numbers and labels are HTML over and beside the picture, since an image cannot use the
fonts of the page.
"""

from dataclasses import dataclass
from math import cos, pi, sin
from urllib.parse import quote

from figures.bullet import TARGET_AT, place
from figures.theme import LIGHT, Palette

_MIDDLE = 100.0
_OUTER = 82.0
_BAND = 16.0
_CENTRE_LINE = _OUTER - _BAND / 2
_INNER = _OUTER - _BAND
_OVERSHOOT = 5.0
_SHORTFALL = 3.0


@dataclass(frozen=True)
class GaugeShape:
    """What a gauge shows, in the indicator's unit.

    `value` None: nothing was measured; only the track and the target are drawn. `glide` is the glidepath at the
    value's as-of date, None where there is no path. `status` is the word of the status rule and gives the
    colour; with "stale" the arc is grey and no path is drawn. `ceiling` is the natural maximum, such as 100 for
    a share; a target that equals it has no room past it. With `lower_is_better` the scale is the same: an arc
    that ends before the target tick is within the limit, and the inner arc shows by how much it is over its path.
    """

    value: float | None
    target: float
    glide: float | None = None
    status: str = "na"
    ceiling: float | None = None
    lower_is_better: bool = False


def gauge_svg(shape: GaugeShape, palette: Palette = LIGHT) -> str:
    """The gauge of one value as an SVG document.

    The target tick is at 90 % of the sweep; above 111 % of the target the arc is full, and below zero there is
    none. Raises ValueError for a target of zero or less, KeyError for an unknown status.
    """
    end = TARGET_AT if _is_capped(shape) else 1.0
    parts = [_arc("track", (0.0, TARGET_AT), _CENTRE_LINE, _BAND, palette.track)]
    if end > TARGET_AT:
        parts.append(_arc("overshoot", (TARGET_AT, end), _CENTRE_LINE, _OVERSHOOT, palette.track))
    glide = None if shape.glide is None or shape.status == "stale" else place(shape.glide, shape.target)
    fill = palette.fill(shape.status)
    if shape.value is not None:
        reached = min(end, place(shape.value, shape.target))
        if reached > 0:
            parts.append(_arc("value", (0.0, reached), _CENTRE_LINE, _BAND, fill))
        if glide is not None and (reached > glide) == shape.lower_is_better and reached != glide:
            between = (min(reached, glide), max(reached, glide))
            parts.append(_arc("shortfall", between, _INNER + _SHORTFALL / 2, _SHORTFALL, fill))
    if glide is not None:
        parts += _path_marks(glide, palette)
    parts.append(_line("target", TARGET_AT, (_INNER - 4, _OUTER + 7), f'stroke="{palette.ink}" stroke-width="3.2"'))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 106" width="200" height="106">'
        + "".join(parts)
        + "</svg>"
    )


def as_data_uri(svg: str) -> str:
    """The SVG as the address of an image."""
    return "data:image/svg+xml," + quote(svg, safe=" '/:=(),;-.")


def _is_capped(shape: GaugeShape) -> bool:
    return shape.ceiling is not None and shape.target >= shape.ceiling


def _at(fraction: float, radius: float) -> tuple[float, float]:
    angle = pi * (1 - fraction)
    return round(_MIDDLE + radius * cos(angle), 2), round(_MIDDLE - radius * sin(angle), 2)


def _arc(mark: str, span: tuple[float, float], radius: float, width: float, colour: str) -> str:
    (x1, y1), (x2, y2) = _at(span[0], radius), _at(span[1], radius)
    return (
        f'<path class="{mark}" d="M{x1} {y1}A{radius} {radius} 0 0 1 {x2} {y2}" fill="none"'
        f' stroke="{colour}" stroke-width="{width}"/>'
    )


def _line(mark: str, fraction: float, radii: tuple[float, float], style: str) -> str:
    (x1, y1), (x2, y2) = _at(fraction, radii[0]), _at(fraction, radii[1])
    return f'<path class="{mark}" d="M{x1} {y1}L{x2} {y2}" {style}/>'


def _path_marks(glide: float, palette: Palette) -> list[str]:
    """The dashed line across the band on a line of the surface's colour, and the hollow triangle outside."""
    across = (_INNER - 1, _OUTER + 3)
    tip, foot = _at(glide, _OUTER + 4), _at(glide, _OUTER + 13)
    along = pi * (1 - glide) + pi / 2
    dx, dy = 5.2 * cos(along), -5.2 * sin(along)
    corners = f"M{tip[0]} {tip[1]}L{foot[0] + dx:.2f} {foot[1] + dy:.2f}L{foot[0] - dx:.2f} {foot[1] - dy:.2f}Z"
    return [
        _line("glide-halo", glide, across, f'stroke="{palette.surface}" stroke-width="3.4" stroke-opacity="0.75"'),
        _line("glide", glide, across, f'stroke="{palette.ink}" stroke-width="1.9" stroke-dasharray="2.6 1.9"'),
        f'<path class="glide-mark" d="{corners}" fill="{palette.surface}" stroke="{palette.ink}"'
        ' stroke-width="1.7" stroke-linejoin="round"/>',
    ]
