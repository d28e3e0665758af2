"""Makes the digits-only companion "BVP Tab" from the Be Vietnam Pro files beside this script.

Be Vietnam Pro has no tabular figures, so columns of numbers do not line up. Each weight is cut down to the
ten digits, and every digit is centred on one advance width. Run from this folder with fonttools[woff]
installed; the result is the same bytes for the same input. The product never imports this file.
"""

from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).resolve().parent
FAMILY = "BVP Tab"
DIGITS = "0123456789"
WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
WIDTH = 690  # units of 1000: the widest digit keeps its side bearings


def companion(weight: int) -> Path:
    """Write the companion of one weight (400, 500, 600 or 700) and return its path."""
    font = TTFont(FOLDER / f"be-vietnam-pro-latin-{weight}-normal.woff2", recalcTimestamp=False)
    options = Options()
    options.layout_features = []
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    options.hinting = False
    subsetter = Subsetter(options)
    subsetter.populate(text=DIGITS)
    subsetter.subset(font)
    for digit in DIGITS:
        _centre(font, font.getBestCmap()[ord(digit)])
    _rename(font, WEIGHTS[weight])
    font.flavor = "woff2"
    path = FOLDER / f"bvp-tab-{weight}.woff2"
    font.save(path)
    return path


def _centre(font: TTFont, glyph: str) -> None:
    outlines = font["glyf"]
    ink = outlines[glyph]
    shift = round((WIDTH - (ink.xMax - ink.xMin)) / 2) - ink.xMin
    recorded = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[glyph].draw(recorded)
    drawn = TTGlyphPen(None)
    recorded.replay(TransformPen(drawn, (1, 0, 0, 1, shift, 0)))
    outlines[glyph] = drawn.glyph()
    outlines[glyph].recalcBounds(outlines)
    font["hmtx"][glyph] = (WIDTH, outlines[glyph].xMin)


def _rename(font: TTFont, style: str) -> None:
    words = {1: FAMILY, 2: style, 4: f"{FAMILY} {style}", 6: f"BVPTab-{style}"}
    for record in font["name"].names:
        if record.nameID in words:
            record.string = words[record.nameID]


if __name__ == "__main__":
    for each in WEIGHTS:
        companion(each)
