"""Kept captures: what was accepted last, or nothing."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from govdigest.captures import Captures
from govdigest.model import Capture, Validators

BODY = b"<!doctype html>\n<p>Terms\x00\xff"
CAPTURE = Capture(
    url="https://tamarisk.example/terms",
    final_url="https://tamarisk.example/legal/terms",
    status=200,
    media_type="text/html",
    body=BODY,
    instant=datetime(2026, 1, 5, tzinfo=UTC),
    sha256=hashlib.sha256(BODY).hexdigest(),
    validators=Validators(etag='"x"'),
)


def test_a_kept_capture_is_the_same_again(tmp_path: Path) -> None:
    captures = Captures(tmp_path)
    captures.keep("tamarisk", "terms", 0, CAPTURE)
    assert captures.kept("tamarisk", "terms", 0, CAPTURE.sha256) == CAPTURE


def test_another_capture_or_a_damaged_one_is_none(tmp_path: Path) -> None:
    captures = Captures(tmp_path)
    assert captures.kept("tamarisk", "terms", 0, CAPTURE.sha256) is None
    captures.keep("tamarisk", "terms", 0, CAPTURE)
    assert captures.kept("tamarisk", "terms", 0, "0" * 64) is None
    (path,) = tmp_path.rglob("*.gz")
    data = path.read_bytes()
    for damaged in (data[:40], b"", data[:-12] + b"0123456789ab", b"no gzip"):
        path.write_bytes(damaged)
        assert captures.kept("tamarisk", "terms", 0, CAPTURE.sha256) is None


def test_keeping_is_reproducible(tmp_path: Path) -> None:
    for name in ("a", "b"):
        Captures(tmp_path / name).keep("tamarisk", "terms", 0, CAPTURE)
    first, second = sorted(tmp_path.rglob("*.gz"))
    assert first.read_bytes() == second.read_bytes()
