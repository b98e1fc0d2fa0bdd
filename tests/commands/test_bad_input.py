"""What must not get through: each a clear failure or a harmless page, and nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from govdigest.cli import main
from govdigest.commands.targets import targets_of
from govdigest.model import EventKind, FailureClass
from tests.commands.site import SECTIONS, Answers, maintainer, page
from tests.commands.test_build import built

URL = "/privacy"


@pytest.mark.parametrize(
    ("body", "reasons"),
    [
        (b"<p>" + b"We keep your data. " * 1_700_000, {FailureClass.TOO_LARGE}),
        (bytes(range(256)) * 400, {FailureClass.UNREADABLE_BYTES, FailureClass.NOT_A_DOCUMENT}),
        (b"", {FailureClass.NOT_A_DOCUMENT}),
        (
            b"<html><body><div id=root></div><script src=/app.js></script></body></html>",
            {FailureClass.NEEDS_BROWSER, FailureClass.NOT_A_DOCUMENT},
        ),
        (b"\x00" * 1000, {FailureClass.UNREADABLE_BYTES, FailureClass.NOT_A_DOCUMENT}),
    ],
    ids=["30 MB", "no text", "nothing", "a shell", "zeros"],
)
def test_what_is_no_document_leaves_the_archived_one_alone(
    tmp_path: Path, body: bytes, reasons: set[FailureClass]
) -> None:
    answers = Answers({URL: page()})
    with maintainer(tmp_path, answers) as site:
        site.pull()
        before = {name: data for name, data in site.snapshot().items() if not name.endswith("state.json")}
        state = site.archive.state("tamarisk", "privacy")
        answers.pages[URL] = body
        report = site.pull(1)
        (failure,) = report.outcomes[0].failures
        assert failure.reason in reasons
        assert len(failure.detail) <= 400
        after = site.archive.state("tamarisk", "privacy")
        assert after.current == state.current
        assert after.sources[0].validators == state.sources[0].validators
        assert {name: data for name, data in site.snapshot().items() if not name.endswith("state.json")} == before


def test_script_and_control_characters_reach_no_page(tmp_path: Path) -> None:
    nasty = (
        "We keep data for 30 days <script>alert(1)</script> after you delete it.",
        "We do not sell personal data &lt;img src=x onerror=alert(2)&gt; ]]&gt; to anyone at all.",
        "{{ 7 * 7 }} {% raw %} <b onclick=alert(3)>bold</b> <a href='javascript:alert(4)'>terms</a> \x00\x1b[31m",
    )
    answers = Answers({URL: page((*SECTIONS, *nasty), title="Privacy &lt;script&gt;alert(5)&lt;/script&gt; Policy")})
    with maintainer(tmp_path, answers) as site:
        site.pull()
        built(site)
        pages = [p for p in (tmp_path / "site").rglob("*") if p.suffix in {".html", ".xml", ".atom"}]
        assert len(pages) > 20
        for path in pages:
            text = path.read_text(encoding="utf-8")
            for live in (
                "<script>alert",
                "onerror=alert(2)>",
                "<b onclick",
                "javascript:alert",
                "\x00",
                "\x1b",
                ">49 ",
            ):
                assert live not in text, f"{live} in {path}"


def test_a_slug_that_climbs_out_is_refused_with_file_line_and_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with maintainer(tmp_path, Answers()) as site:
        path = site.root / "platforms.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("slug: tamarisk", "slug: ../../x"), encoding="utf-8")
        assert main(["check", "--root", str(tmp_path)]) == 2
        told = capsys.readouterr().err
        assert "platforms.yaml" in told
        assert "slug" in told
        assert "../../x" in told


def test_a_document_that_was_never_read_is_announced_as_missing_and_then_as_new(tmp_path: Path) -> None:
    answers = Answers({URL: 503})
    with maintainer(tmp_path, answers) as site:
        assert site.pull().outcomes[0].events == ()
        assert site.pull(1).outcomes[0].events == ()
        (event,) = site.pull(4).outcomes[0].events
        assert event.kind is EventKind.UNREADABLE
        assert site.pull(8).outcomes[0].events == ()
        answers.pages[URL] = page()
        (event,) = site.pull(9).outcomes[0].events
        assert event.kind is EventKind.FIRST


def test_shards_are_disjoint_and_together_everything(tmp_path: Path) -> None:
    from govdigest.config import load

    config = load(Path(__file__).resolve().parents[2] / "platforms.yaml")
    every = [(p.slug, d.slug) for p, d in targets_of(config, [], None)]
    shards = [[(p.slug, d.slug) for p, d in targets_of(config, [], (n, 4))] for n in range(1, 5)]
    assert sorted(name for shard in shards for name in shard) == sorted(every)
    assert all(shards)
