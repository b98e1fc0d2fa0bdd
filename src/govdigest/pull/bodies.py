"""Bodies read piece by piece, decompressed under a limit: a bomb is stopped before it has been unpacked."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator

from govdigest.model import FailureClass
from govdigest.pull.errors import PullError

ENCODINGS = "gzip, deflate"
"""What we ask for: the codings that can be unpacked with a limit on the output."""


class _Inflater:
    """zlib with a limit for the whole body; several gzip members are one body (RFC 1952, section 2.2)."""

    def __init__(self, coding: str, limit: int) -> None:
        self._coding = coding
        self._left = limit + 1
        self._zlib = zlib.decompressobj(zlib.MAX_WBITS | (16 if coding == "gzip" else 0))
        self._begun = False

    def feed(self, data: bytes) -> bytes:
        """What ``data`` unpacks to, never more than one byte over the limit in all."""
        out: list[bytes] = []
        while data and self._left:
            if self._zlib.eof:
                if self._coding != "gzip" or not data.startswith(b"\x1f\x8b"):
                    break  # padding after the stream says nothing
                self._zlib = zlib.decompressobj(zlib.MAX_WBITS | 16)
            piece = self._inflate(data)
            self._left -= len(piece)
            out.append(piece)
            data = self._zlib.unused_data if self._zlib.eof else self._zlib.unconsumed_tail
        return b"".join(out)

    def _inflate(self, data: bytes) -> bytes:
        try:
            piece = self._zlib.decompress(data, self._left)
        except zlib.error as error:
            if self._coding == "deflate" and not self._begun:
                # half of the servers that say deflate send it without the zlib header
                self._begun = True
                self._zlib = zlib.decompressobj(-zlib.MAX_WBITS)
                return self._inflate(data)
            raise PullError(
                FailureClass.UNREADABLE_BYTES, f"the {self._coding} compression is broken", again=True
            ) from error
        self._begun = True
        return piece

    @property
    def complete(self) -> bool:
        return self._zlib.eof or not self._begun


async def read_body(chunks: AsyncIterator[bytes], encoding: str, limit: int, *, cut: bool = False) -> bytes:
    """The body without its content coding (RFC 9110, section 8.4); raises ``PullError``.

    More than ``limit`` bytes after decompression is ``too-large``, or is cut off there when ``cut``. Memory stays
    near the limit whatever is sent.
    """
    codings = [word.strip().lower() for word in encoding.split(",") if word.strip().lower() not in {"", "identity"}]
    coding = {"x-gzip": "gzip"}.get(codings[0], codings[0]) if codings else ""
    if len(codings) > 1 or coding not in {"", "gzip", "deflate"}:
        raise PullError(FailureClass.UNREADABLE_BYTES, f"compressed as {encoding[:60]!r}, which was not asked for")
    inflater = _Inflater(coding, limit) if coding else None
    body = bytearray()
    async for chunk in chunks:
        body += inflater.feed(chunk) if inflater else chunk
        if len(body) > limit:
            if cut:
                return bytes(body[:limit])
            raise PullError(FailureClass.TOO_LARGE, f"the page has more than {limit:,} bytes")
    if inflater and not inflater.complete:
        raise PullError(FailureClass.CONNECTION, f"the {coding} stream ends before its end", again=True)
    return bytes(body)
