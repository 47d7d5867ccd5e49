"""A paper as a PDF by WeasyPrint, from its HTML page: tagged, with its fonts in it.

Conformance with PDF/UA is not claimed in the file: `pdf_tags` writes the structure, `pdf_variant` would write the claim too.
"""

import contextlib
import io
import logging
import warnings
from collections.abc import Iterator
from typing import Any, NoReturn

from openreform.paper import Paper
from openreform.rendering.papers.html import page
from openreform.rendering.papers.parts import NotInstalledError


def require() -> None:
    """Look whether a PDF can be made on this machine.

    Raises:
        NotInstalledError: WeasyPrint, a library it stands on or every font is missing.
    """
    with _silence():
        try:
            from weasyprint.text.ffi import ffi, fontconfig  # noqa: PLC0415
        except ImportError:
            raise NotInstalledError("pdf") from None
        except OSError:
            raise NotInstalledError("pango") from None
        config = fontconfig.FcInitLoadConfigAndFonts()
        fonts = fontconfig.FcConfigGetFonts(config, fontconfig.FcSetSystem)
        if fonts == ffi.NULL or not fonts.nfont:  # Pango ends the process where it finds none
            raise NotInstalledError("fonts")


def render(paper: Paper) -> bytes:
    """The file; the same bytes each time on one machine, in whose fonts it is set.

    Raises:
        NotInstalledError: as `require` says.
    """
    require()
    with _silence():
        import weasyprint  # noqa: PLC0415

        made = weasyprint.HTML(string=page(paper, "pdf"), url_fetcher=_fetches_nothing(), media_type="print")
        return bytes(made.write_pdf(pdf_tags=True))


def _fetches_nothing() -> Any:
    """What WeasyPrint asks for pictures and styles; a paper has none elsewhere, so that no word in it can fetch any."""
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    class Refusing(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: object = None) -> NoReturn:
            raise ValueError(url)

    return Refusing(allowed_protocols=())


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Nothing of what libraries print, warn of or log on their way, since what it means is said in one line of ours."""
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    before = [logger.disabled for logger in loggers]
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for logger in loggers:
                logger.disabled = True
            yield
    finally:
        for logger, was in zip(loggers, before, strict=True):
            logger.disabled = was
