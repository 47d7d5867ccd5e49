"""Strangers' text made safe to show: no control character or hidden direction mark reaches a terminal raw."""

import re
import unicodedata

# C0 and C1 controls except line feed, the two Unicode line separators, and the marks that reorder what is shown.
_UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


def visible(text: str) -> str:
    """`text` on one line, its control and direction characters written out as `\\x1b` or `\\u202e`."""
    return _UNSAFE.sub(_escape, " ".join(text.split("\n")))


def plain_lines(text: str) -> str:
    """`text` with line feeds alone as line ends, and what no document may hold written out as `\\x08`."""
    return _CONTROLS.sub(_escape, _LINE_ENDS.sub("\n", text))


def unaccented(text: str) -> str:
    """`text` in small letters without accents, for comparing what people write."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def begun(text: str) -> str:
    """`text` with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def turns(text: str) -> bool:
    """Whether a text holds a mark that turns round what is shown after it."""
    return _TURNS.search(text) is not None


def escape_json(text: str) -> str:
    """JSON `text` with the same characters as JSON escapes, so that printing it moves no cursor.

    Nor does it command anything: GitHub's runner obeys `##[…]` wherever it stands in a log.
    """
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text).replace("##[", "#\\u0023[")


def quoted(text: str, longest: int = 60) -> str:
    """`text` visible, shortened to `longest` characters, in quotation marks."""
    shown = visible(text.strip())
    if len(shown) > longest:
        shown = shown[: longest - 1].rstrip() + "…"
    return f"“{shown}”"


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code == 0x09:
        return " "
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
