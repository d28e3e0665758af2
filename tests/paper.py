"""A page on paper: as a file of sheets of A4, and as it is laid out for them."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page
from pypdf import PdfReader

#: Pixels of what lies between a screen's margins on A4, and of a whole sheet.
INSIDE, SHEET = (703, 1000), (794, 1123)


@contextmanager
def on_paper(page: Page, size: tuple[int, int] = INSIDE) -> Iterator[Page]:
    """The page as it is laid out in that room of a sheet."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    try:
        yield page
    finally:
        page.emulate_media(media="null")


def printed(page: Page) -> PdfReader:
    """The page as the browser prints it."""
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def words(text: str) -> str:
    """A text without its spaces, which a printed file does not keep."""
    return "".join(text.split())
