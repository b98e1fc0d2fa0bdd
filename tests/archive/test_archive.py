"""The archive: what is written is what is read, whatever happens on the way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdigest.archive import Archive, ArchiveError, Entry, check_chain
from govdigest.model import State
from tests.archive.kill import Killed, killed_at
from tests.archive.sample import DOCUMENT, PLATFORM, entry, week

TEXTS = ("# Terms\n\nWe keep data for 90 days.\n", "# Terms\n\nWe keep data for 30 days.\n", "# Terms\r\n\n---\nLess.")


def filled(root: Path, count: int = 2) -> Archive:
    archive = Archive(root)
    for number in range(1, count + 1):
        archive.add(PLATFORM, DOCUMENT, entry(number, TEXTS[number - 1], archive))
    return archive


def snapshot(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def test_what_was_added_is_read_back(tmp_path: Path) -> None:
    archive = filled(tmp_path, 3)
    versions = archive.versions(PLATFORM, DOCUMENT)
    assert [archive.text(version) for version in versions] == list(TEXTS)
    first = entry(1, TEXTS[0])
    assert versions[0] == first.version
    assert archive.events(PLATFORM, DOCUMENT)[0] == first.events[0]
    assert archive.state(PLATFORM, DOCUMENT) == entry(3, TEXTS[2]).state
    assert versions[2].previous == versions[1].file_hash
    assert list(archive.documents()) == [(PLATFORM, DOCUMENT)]
    assert check_chain(archive, PLATFORM, DOCUMENT) == []


def test_front_matter_is_yaml_that_others_can_read(tmp_path: Path) -> None:
    import yaml

    filled(tmp_path, 1)
    (path,) = (tmp_path / PLATFORM / DOCUMENT).glob("*.md")
    _, head, text = path.read_text(encoding="utf-8").split("---\n", 2)
    matter = yaml.safe_load(head)
    assert matter["first_seen"] == path.stem
    assert matter["sources"][0]["span"] == {"start": 0, "end": len(TEXTS[0])}
    assert text == TEXTS[0]


def test_adding_the_same_again_writes_nothing_new(tmp_path: Path) -> None:
    archive = filled(tmp_path, 1)
    before = snapshot(tmp_path)
    archive.add(PLATFORM, DOCUMENT, entry(1, TEXTS[0]))
    assert snapshot(tmp_path) == before


def test_a_document_that_was_never_checked_is_empty(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "nowhere")
    assert archive.state(PLATFORM, DOCUMENT) == State()
    assert archive.versions(PLATFORM, DOCUMENT) == ()
    assert archive.events(PLATFORM, DOCUMENT) == ()
    assert list(archive.documents()) == []


def test_a_kill_anywhere_leaves_the_old_or_the_new_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    operation, finished, outcomes = 0, False, set()
    while not finished:
        operation += 1
        root = tmp_path / str(operation)
        archive = filled(root, 1)
        new = entry(2, TEXTS[1], archive)
        with killed_at(operation, monkeypatch) as done:
            try:
                archive.add(PLATFORM, DOCUMENT, new)
                finished = len(done) < operation
            except Killed:
                pass
        reopened = Archive(root)
        versions = reopened.versions(PLATFORM, DOCUMENT)
        events = reopened.events(PLATFORM, DOCUMENT)
        assert len(versions) == len(events)
        assert reopened.state(PLATFORM, DOCUMENT).current == versions[-1].id
        assert check_chain(reopened, PLATFORM, DOCUMENT) == []
        outcomes.add(len(versions))
        reopened.add(PLATFORM, DOCUMENT, new)
        assert [v.id for v in reopened.versions(PLATFORM, DOCUMENT)] == [entry(1, "").version.id, new.version.id]  # type: ignore[union-attr]
        assert len(reopened.events(PLATFORM, DOCUMENT)) == 2
        assert check_chain(reopened, PLATFORM, DOCUMENT) == []
    assert operation > 6
    assert outcomes == {1, 2}


def test_a_state_alone_is_replaced(tmp_path: Path) -> None:
    archive = filled(tmp_path, 1)
    state = replace(archive.state(PLATFORM, DOCUMENT), checked=week(2))
    archive.add(PLATFORM, DOCUMENT, Entry(state))
    assert archive.state(PLATFORM, DOCUMENT).checked == week(2)
    assert len(archive.versions(PLATFORM, DOCUMENT)) == 1


def test_a_tampered_text_is_refused(tmp_path: Path) -> None:
    archive = filled(tmp_path)
    newest = archive.versions(PLATFORM, DOCUMENT)[-1]
    path = archive.path(PLATFORM, DOCUMENT, newest.id)
    path.write_text(path.read_text(encoding="utf-8").replace("30 days", "99 days"), encoding="utf-8")
    with pytest.raises(ArchiveError, match="not the one that was archived") as error:
        archive.text(newest)
    assert str(path) in str(error.value)
    assert check_chain(archive, PLATFORM, DOCUMENT)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("90 days", "91 days", "hash"),
        ("coverage", "coverings", "hash"),
        ("---\n", "", "front matter"),
    ],
)
def test_a_tampered_older_version_is_found_by_its_successor(tmp_path: Path, old: str, new: str, says: str) -> None:
    archive = filled(tmp_path)
    path = archive.path(PLATFORM, DOCUMENT, archive.versions(PLATFORM, DOCUMENT)[0].id)
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    problems = check_chain(archive, PLATFORM, DOCUMENT)
    assert any(says in problem and path.name in problem for problem in problems), problems


def test_a_missing_version_and_a_broken_event_are_found(tmp_path: Path) -> None:
    archive = filled(tmp_path)
    archive.path(PLATFORM, DOCUMENT, archive.versions(PLATFORM, DOCUMENT)[0].id).unlink()
    assert any("previous" in problem for problem in check_chain(archive, PLATFORM, DOCUMENT))
    events = tmp_path / PLATFORM / DOCUMENT / "events.jsonl"
    events.write_bytes(events.read_bytes() + b'{"id": 3}\n')
    with pytest.raises(ArchiveError, match=r"events\.jsonl: line 3"):
        archive.events(PLATFORM, DOCUMENT)


@pytest.mark.parametrize("name", ["../../x", "x/y", "", ".", "A", "a" * 65, "x\x00"])
def test_names_that_are_no_slugs_never_become_paths(tmp_path: Path, name: str) -> None:
    archive = Archive(tmp_path / "archive")
    with pytest.raises(ValueError, match="not a slug"):
        archive.add(name, DOCUMENT, entry(1, TEXTS[0]))
    with pytest.raises(ValueError, match="not a slug"):
        archive.state(PLATFORM, name)
    assert snapshot(tmp_path) == {}


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_text_survives_verbatim(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    archive = Archive(tmp_path_factory.mktemp("archive"))
    archive.add(PLATFORM, DOCUMENT, entry(1, text))
    (version,) = archive.versions(PLATFORM, DOCUMENT)
    assert archive.text(version) == text
    assert check_chain(archive, PLATFORM, DOCUMENT) == []


def test_two_versions_of_one_second_get_two_names(tmp_path: Path) -> None:
    archive = filled(tmp_path, 1)
    (version,) = archive.versions(PLATFORM, DOCUMENT)
    assert archive.free_version_id(PLATFORM, DOCUMENT, version.id) == "2026-01-05T060001Z"
