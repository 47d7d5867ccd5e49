"""Lines of text that fit a width: strangers' characters made visible, wide ones counted as wide."""

from dataclasses import dataclass, field

from rich.cells import cell_len, set_cell_size

from openreform.messages.reports import TEXT
from openreform.plaintext import visible

WIDTH = 80
BAR_WIDTH = 20
_LONGEST_LINK = 250
_LONGEST_NAME = 36


@dataclass(slots=True)
class Page:
    """Lines with a style each (a rich style, or nothing), none wider than `width` cells."""

    width: int = WIDTH
    lines: list[tuple[str, str]] = field(default_factory=list)

    def add(self, text: str = "", indent: int = 0, hang: int | None = None, style: str = "") -> None:
        """Text wrapped at `width`, its first line indented by `indent`, the others by `hang`."""
        hanging = indent if hang is None else hang
        for number, line in enumerate(_wrap(visible(text), self.width - indent, self.width - hanging)):
            self.lines.append((" " * (hanging if number else indent) + line, style))

    def heading(self, text: str) -> None:
        """A heading with an empty line above."""
        self.add()
        self.add(text, style="bold")

    def verbatim(self, text: str, indent: int = 0) -> None:
        """Lines kept as they are, for snippets to paste."""
        for line in text.rstrip("\n").split("\n"):
            self.lines.append((" " * indent + visible(line), ""))

    def text(self) -> str:
        """All lines, unstyled, each ended by a line feed."""
        return "".join(f"{line.rstrip()}\n" for line, _ in self.lines)


def bar(score: float | None) -> str:
    """A score of 0 to 100 as a bar of a fixed width."""
    filled = 0 if score is None else round(score / 100 * BAR_WIDTH)
    return "█" * filled + "·" * (BAR_WIDTH - filled)


def number(score: float | None) -> str:
    """A score as people read it, rounded once; a dash for none."""
    return TEXT["no-score"] if score is None else f"{score:.1f}"


def short(text: str) -> str:
    """A name, cut to what tells it apart; where it stands is told beside it."""
    shown = visible(text)
    if len(shown) <= _LONGEST_NAME:
        return shown
    cut = shown[: _LONGEST_NAME - 1]
    return f"{(cut.rpartition(' ')[0] or cut).rstrip(' ,;')}…"


def padded(text: str, width: int) -> str:
    """Text cut or filled to a width in cells."""
    return set_cell_size(visible(text), width)


def _cells(text: str) -> int:
    """How many cells of a terminal a text takes: of plain letters one each."""
    return len(text) if text.isascii() else cell_len(text)


def _wrap(text: str, first: int, width: int) -> list[str]:
    """Lines of at most `width` cells, the first of at most `first`; runs of spaces inside a line are kept."""
    lines: list[str] = []
    line: str | None = None
    for word in text.split(" "):
        for piece in _pieces(word, min(first, width)):
            joined = piece if line is None else f"{line} {piece}"
            if line is not None and _cells(joined) > (width if lines else first):
                if line:
                    lines.append(line)
                line = piece
            else:
                line = joined
    return [*lines, line or ""]


def _pieces(word: str, width: int) -> list[str]:
    """A word cut where it alone is wider than a line; a web address stays whole, so that it can be followed."""
    if _cells(word) <= width or (word.lstrip("(").startswith(("https://", "http://")) and len(word) <= _LONGEST_LINK):
        return [word]
    pieces, piece, size = [], "", 0
    for character in word:
        wide = _cells(character)
        if size + wide > width:
            pieces.append(piece)
            piece, size = "", 0
        piece, size = piece + character, size + wide
    return [*pieces, piece]
