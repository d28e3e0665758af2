"""A table as a file holds it: text cells with the line each row began on."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Sheet:
    """The text of one table. `frame` has a column of str per header cell (absent is the empty text), and as
    index the line of the file on which each row begins (the header is line 1). `file` is its name as given."""

    file: str
    frame: pd.DataFrame
