"""WeasyPrint, which sets papers as PDF. Only the worker imports this module.

PDF/A-2a: archival, tagged, fonts embedded; see docs/adr. The same paper set twice gives the same
bytes, so a worker that dies and another that begins anew cannot make two different files.
"""

import datetime as dt
import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from common.refusals import Refusal

logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)  # a line a step is too much
try:
    import weasyprint
except (ImportError, OSError):  # not installed, or Pango is missing from the system
    weasyprint = None

FONTS = Path(__file__).resolve().parent.parent / "fonts"
FACES = (
    ("NotoSans-Regular.ttf", "normal", "normal"),
    ("NotoSans-Bold.ttf", "bold", "normal"),
    ("NotoSans-Italic.ttf", "normal", "italic"),
)


class PdfLibraryMissing(Refusal):
    """WeasyPrint or the Pango library that it needs is not on this machine."""

    code = "pdf_library_missing"
    sentence = _("Papers cannot be set on this machine until Pango is installed.")


@dataclass(frozen=True)
class Sheet:
    """All that stands on a paper."""

    title: str
    number: str
    template: str
    holder: str  # of the information, for the restriction mark
    restriction_basis: str
    restricted_until: dt.date
    made_at: dt.datetime
    body: str  # HTML, everything in it escaped by the template language
    key: str


def is_available() -> bool:
    return weasyprint is not None


def typeset(sheet: Sheet) -> bytes:
    """Return the paper as PDF. Raises PdfLibraryMissing."""
    return typeset_html(render_to_string("pdf/paper.html", {"sheet": sheet}), key=sheet.key)


def typeset_html(html: str, *, key: str) -> bytes:
    """Return a page of ours as PDF; the same page and key always give the same bytes.

    Raises PdfLibraryMissing.
    """
    if weasyprint is None:
        raise PdfLibraryMissing
    stylesheet, fonts = _stylesheet()
    document: bytes = weasyprint.HTML(string=html, url_fetcher=_no_fetcher()).write_pdf(
        stylesheets=[stylesheet],
        font_config=fonts,
        pdf_variant="pdf/a-2a",
        pdf_identifier=key.encode(),
    )
    return document


@lru_cache(maxsize=1)
def _stylesheet() -> tuple[Any, Any]:
    """The style with its fonts, read once a process."""
    assert weasyprint is not None  # noqa: S101  # typeset() has looked
    fonts = weasyprint.text.fonts.FontConfiguration()
    faces = "".join(
        f"@font-face {{ font-family: Paper; font-weight: {weight}; font-style: {style};"
        f" src: url({(FONTS / name).as_uri()}) }}\n"
        for name, weight, style in FACES
    )
    style = faces + render_to_string("pdf/paper.css")
    own_files = weasyprint.urls.URLFetcher(allowed_protocols=["file"])
    return weasyprint.CSS(string=style, font_config=fonts, url_fetcher=own_files), fonts


@lru_cache(maxsize=1)
def _no_fetcher() -> Any:
    """A paper fetches nothing, whatever stands in it."""
    assert weasyprint is not None  # noqa: S101
    return weasyprint.urls.URLFetcher(allowed_protocols=[], fail_on_errors=True)
