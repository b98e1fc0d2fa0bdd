"""The last accepted capture of each source, kept compressed outside git.

When the extractor or a source's settings change, the kept capture is extracted anew, so that only what really
differs is judged. Losing this folder loses no news: the next text is then archived as a re-extraction.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from pathlib import Path

import msgspec

from govdigest.atomic import put
from govdigest.model import Capture, Validators, instant_of, require_slug, stamp


class _Kept(msgspec.Struct, kw_only=True):
    url: str
    final_url: str
    status: int
    media_type: str
    instant: str
    sha256: str
    validators: Validators
    rendered: bool
    moved: bool


class Captures:
    """Kept captures below ``root`` (``.govdigest/captures``)."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def keep(self, platform: str, document: str, index: int, capture: Capture) -> None:
        """Keep ``capture`` as the last accepted one of the document's source number ``index``."""
        path = self._path(platform, document, index)
        kept = _Kept(
            url=capture.url,
            final_url=capture.final_url,
            status=capture.status,
            media_type=capture.media_type,
            instant=stamp(capture.instant),
            sha256=capture.sha256,
            validators=capture.validators,
            rendered=capture.rendered,
            moved=capture.moved,
        )
        data = gzip.compress(msgspec.json.encode(kept) + b"\n" + capture.body, 6, mtime=0)
        put(path, data)

    def kept(self, platform: str, document: str, index: int, sha256: str) -> Capture | None:
        """The kept capture whose bytes have this hash; None when there is none, or it is damaged."""
        try:
            head, _, body = gzip.decompress(self._path(platform, document, index).read_bytes()).partition(b"\n")
            kept = msgspec.json.decode(head, type=_Kept)
        except (OSError, EOFError, zlib.error, msgspec.DecodeError):
            return None
        if kept.sha256 != sha256 or hashlib.sha256(body).hexdigest() != sha256:
            return None
        return Capture(
            url=kept.url,
            final_url=kept.final_url,
            status=kept.status,
            media_type=kept.media_type,
            body=body,
            instant=instant_of(kept.instant),
            sha256=kept.sha256,
            validators=kept.validators,
            rendered=kept.rendered,
            moved=kept.moved,
        )

    def _path(self, platform: str, document: str, index: int) -> Path:
        require_slug(platform)
        require_slug(document)
        return self.root / platform / document / f"{index}.gz"
