"""Bars as a small PNG picture, drawn without any library, so that it is the same bytes on every machine with one zlib."""

import struct
import zlib
from collections.abc import Sequence

from openreform.paper import Bar
from openreform.rendering.papers.parts import COLOURS, share

WIDTH = 1600
"""In pixels: a bar is right to a sixteenth of a point."""
_THICK, _BETWEEN = 36, 8
_GROUND, _TRACK, _FIRST = 0, 1, 2  # places in the palette
_PALETTE = ("#ffffff", "#e9ebef", *COLOURS.values())


def picture(bars: Sequence[Bar]) -> bytes:
    """A PNG of bars one below another, each on a track from 0 to 100."""
    between = bytes([0]) + bytes([_GROUND]) * WIDTH
    lines: list[bytes] = []
    for bar in bars:
        filled = round(share(bar) / 100 * WIDTH)
        colour = _FIRST + list(COLOURS).index(bar.series)
        line = bytes([0]) + bytes([colour]) * filled + bytes([_TRACK]) * (WIDTH - filled)
        lines += [between] * _BETWEEN if lines else []
        lines += [line] * _THICK
    head = struct.pack(">IIBBBBB", WIDTH, len(lines), 8, 3, 0, 0, 0)
    palette = b"".join(bytes.fromhex(colour[1:]) for colour in _PALETTE)
    chunks = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", zlib.compress(b"".join(lines), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
