"""`govdigest pull`, whole: HTTP in, archive out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from govdigest.archive import check_chain
from govdigest.commands.targets import UsageError
from govdigest.model import EventKind, FailureClass, VerdictKind
from tests.archive.kill import Killed, killed_at
from tests.commands.site import SECTIONS, Answers, maintainer, page

LATER = (*SECTIONS[:2], SECTIONS[2].replace("90 days", "30 days"), *SECTIONS[3:])
URL = "/privacy"


def verdict(report: object) -> VerdictKind | None:
    (outcome,) = report.outcomes  # type: ignore[attr-defined]
    return outcome.verdict.kind if outcome.verdict else None


def test_a_first_pull_archives_and_a_second_at_the_same_instant_writes_nothing(tmp_path: Path) -> None:
    answers = Answers({URL: page()})
    with maintainer(tmp_path, answers) as site:
        assert verdict(site.pull()) is VerdictKind.FIRST
        before = site.snapshot()
        report = site.pull()
        assert verdict(report) is VerdictKind.UNCHANGED
        assert report.outcomes[0].not_modified == 1
        assert answers.asked[-1] == (URL, 304)
        assert site.snapshot() == before
        (event,) = site.archive.events("tamarisk", "privacy")
        assert event.kind is EventKind.FIRST
        assert check_chain(site.archive, "tamarisk", "privacy") == []


def test_a_change_of_chrome_is_no_news(tmp_path: Path) -> None:
    answers = Answers({URL: page()})
    with maintainer(tmp_path, answers) as site:
        site.pull()
        answers.pages[URL] = page(extra="<a href=/sale>Winter sale</a>")
        report = site.pull(1)
        assert verdict(report) is VerdictKind.UNCHANGED
        assert report.outcomes[0].events == ()
        assert site.archive.state("tamarisk", "privacy").verified == report.at


def test_a_change_of_a_period_is_news_once_with_both_quotes(tmp_path: Path) -> None:
    answers = Answers({URL: page()})
    with maintainer(tmp_path, answers) as site:
        site.pull()
        answers.pages[URL] = page(LATER)
        report = site.pull(1)
        assert verdict(report) is VerdictKind.MATERIAL
        (event,) = report.outcomes[0].events
        assert event.kind is EventKind.MATERIAL
        assert event.change is not None
        old, new = site.archive.versions("tamarisk", "privacy")
        assert (event.before, event.after) == (old.id, new.id)
        spans = [pair.after for pair in event.change.reworded] + list(event.change.added)
        assert any("30 days after you delete" in site.archive.text(new)[s.start : s.end] for s in spans)
        assert site.pull(2).outcomes[0].events == ()
        assert len(site.archive.events("tamarisk", "privacy")) == 2


def test_a_failure_is_data_keeps_the_version_and_stores_no_validator(tmp_path: Path) -> None:
    answers = Answers({URL: page()})
    with maintainer(tmp_path, answers) as site:
        site.pull()
        accepted = site.archive.state("tamarisk", "privacy")
        answers.pages[URL] = 503
        report = site.pull(1)
        assert report.counts()["failed"] == 1
        assert report.outcomes[0].failures[0].reason is FailureClass.SERVER_ERROR
        state = site.archive.state("tamarisk", "privacy")
        assert state.current == accepted.current
        assert state.sources[0].validators == accepted.sources[0].validators
        assert state.sources[0].failing_since == report.at
        answers.pages[URL] = page()
        assert site.pull(2).outcomes[0].not_modified == 1
        assert site.archive.state("tamarisk", "privacy").sources[0].failure is None


def test_gone_is_announced_at_the_second_404_a_day_apart_and_back_when_it_returns(tmp_path: Path) -> None:
    answers = Answers({URL: page()})
    with maintainer(tmp_path, answers) as site:
        site.pull()
        answers.pages[URL] = 404
        assert site.pull(1).outcomes[0].events == ()
        assert site.pull(1.1).outcomes[0].events == ()
        (gone,) = site.pull(2).outcomes[0].events
        assert gone.kind is EventKind.GONE
        assert site.pull(3).outcomes[0].events == ()
        answers.pages[URL] = page()
        (back,) = site.pull(4).outcomes[0].events
        assert back.kind is EventKind.BACK
        kinds = [event.kind for event in site.archive.events("tamarisk", "privacy")]
        assert kinds == [EventKind.FIRST, EventKind.GONE, EventKind.BACK]


def test_a_bot_check_with_status_200_is_broken_and_never_archived(tmp_path: Path) -> None:
    answers = Answers({URL: page()})
    check = (
        b"<!doctype html><title>Just a moment...</title><h1>Checking your browser</h1>"
        b"<p>Verify you are human by completing the action below. Enable JavaScript and cookies to continue.</p>"
    )
    with maintainer(tmp_path, answers) as site:
        site.pull()
        answers.pages[URL] = check
        for day in (1, 2, 3):
            report = site.pull(day)
            assert report.counts()["broken"] + report.counts()["failed"] == 1
        assert len(site.archive.versions("tamarisk", "privacy")) == 1
        answers.pages[URL] = page()
        assert verdict(site.pull(10)) is VerdictKind.UNCHANGED


def test_several_sources_make_one_document_and_none_while_one_fails(tmp_path: Path) -> None:
    sources = "{url: https://tamarisk.example/one}, {url: https://tamarisk.example/two}"
    answers = Answers({"/one": page(SECTIONS[:4]), "/two": page(SECTIONS[4:], title="Your rights")})
    with maintainer(tmp_path, answers, sources) as site:
        site.pull()
        (version,) = site.archive.versions("tamarisk", "privacy")
        text = site.archive.text(version)
        first, second = (text[record.span.start : record.span.end] for record in version.sources)
        assert SECTIONS[0] in first
        assert SECTIONS[4] in second
        answers.pages["/one"] = page(LATER[:4])
        answers.pages["/two"] = 503
        assert site.pull(1).counts()["failed"] == 1
        assert len(site.archive.versions("tamarisk", "privacy")) == 1
        answers.pages["/two"] = page(SECTIONS[4:], title="Your rights")
        report = site.pull(2)
        assert report.outcomes[0].not_modified == 1
        assert verdict(report) is VerdictKind.MATERIAL
        new = site.archive.versions("tamarisk", "privacy")[-1]
        second = site.archive.text(new)[new.sources[1].span.start : new.sources[1].span.end]
        assert SECTIONS[4] in second


def test_other_settings_re_extract_the_kept_capture_and_are_no_news(tmp_path: Path) -> None:
    answers = Answers({URL: page()})
    with maintainer(tmp_path, answers) as site:
        site.pull()
        configuration = site.root / "platforms.yaml"
        configuration.write_text(
            configuration.read_text(encoding="utf-8").replace(
                "tamarisk.example/privacy}", "tamarisk.example/privacy, select: main}"
            ),
            encoding="utf-8",
        )
        report = site.pull(1)
        assert verdict(report) in {VerdictKind.RE_EXTRACTION, VerdictKind.UNCHANGED, VerdictKind.COSMETIC}
        assert report.outcomes[0].events == ()
        shutil.rmtree(site.root / ".govdigest")
        configuration.write_text(
            configuration.read_text(encoding="utf-8").replace("select: main", "from: '3. Part 3'"), encoding="utf-8"
        )
        report = site.pull(2)
        assert verdict(report) is VerdictKind.RE_EXTRACTION
        assert report.outcomes[0].events == ()
        assert SECTIONS[0] not in site.archive.text(site.archive.versions("tamarisk", "privacy")[-1])


def test_the_archive_only_grows_forwards(tmp_path: Path) -> None:
    with maintainer(tmp_path, Answers({URL: page()})) as site:
        site.pull(7)
        with pytest.raises(UsageError, match="tamarisk/privacy was already checked"):
            site.pull(6)


def test_pulls_into_two_archives_are_the_same_bytes(tmp_path: Path) -> None:
    answers = Answers({URL: page()})
    snapshots = []
    for name in ("a", "b"):
        answers.pages[URL] = page()
        with maintainer(tmp_path / name, answers) as site:
            site.pull()
            answers.pages[URL] = page(LATER)
            site.pull(1)
            snapshots.append(site.snapshot())
    assert snapshots[0] == snapshots[1]


def test_a_pull_killed_anywhere_and_repeated_announces_everything_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(root: Path, operation: int) -> tuple[dict[str, bytes], bool]:
        answers = Answers({URL: page()})
        with maintainer(root, answers) as site:
            site.pull()
            answers.pages[URL] = page(LATER)
            killed = False
            with killed_at(operation, monkeypatch):
                try:
                    site.pull(1)
                except Killed:
                    killed = True
            site.pull(1)
            assert len(site.archive.events("tamarisk", "privacy")) == 2
            assert check_chain(site.archive, "tamarisk", "privacy") == []
            return site.snapshot(), killed

    undisturbed, _ = run(tmp_path / "undisturbed", 10_000)
    operation, killed = 0, True
    while killed:
        operation += 1
        snapshot, killed = run(tmp_path / str(operation), operation)
        assert snapshot == undisturbed, f"after a kill at step {operation}"
    assert operation > 8


def test_a_document_that_never_was_there_is_not_gone(tmp_path: Path) -> None:
    with maintainer(tmp_path, Answers({URL: 404})) as site:
        site.pull()
        assert site.pull(2).outcomes[0].events == ()
        (event,) = site.pull(4).outcomes[0].events
        assert event.kind is EventKind.UNREADABLE
