"""Bars as a small PNG picture, drawn without any library, so that it is the same bytes on every machine with one zlib."""

import struct
import zlib
from collections.abc import Sequence

from openreform.paper import Bar
from openreform.rendering.papers.parts import COLOURS, share

WIDTH = 1600
"""In pixels: a bar is right to a sixteenth of a point."""
_THICK, _BETWEEN = 36, 8
_GROUND, _EDGE, _FIRST = 0, 1, 2  # places in the palette
_PALETTE = ("#ffffff", "#c9ccd3", *COLOURS.values())
_FINE = 3


def picture(bars: Sequence[Bar]) -> bytes:
    """A PNG of bars one below another, each in a frame from 0 to 100."""
    between = bytes([0]) + bytes([_GROUND]) * WIDTH
    lines: list[bytes] = []
    for bar in bars:
        filled = round(share(bar) / 100 * WIDTH)
        colour = bytes([_FIRST + list(COLOURS).index(bar.series)])
        edge = bytes([_EDGE])
        framed = edge * _FINE + bytes([_GROUND]) * (WIDTH - 2 * _FINE) + edge * _FINE
        lines += [between] * _BETWEEN if lines else []
        for row in range(_THICK):
            empty = framed if _FINE <= row < _THICK - _FINE else edge * WIDTH
            lines.append(bytes([0]) + colour * filled + empty[filled:])
    head = struct.pack(">IIBBBBB", WIDTH, len(lines), 8, 3, 0, 0, 0)
    palette = b"".join(bytes.fromhex(colour[1:]) for colour in _PALETTE)
    chunks = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", zlib.compress(b"".join(lines), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
