"""`govdigest build` and `verify` on an archive that was really pulled."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from govdigest.archive import ArchiveError
from govdigest.cli import main
from govdigest.commands.build import build
from govdigest.commands.corrections import announce_corrections
from govdigest.commands.standing import Built
from govdigest.content import ContentError
from govdigest.model import EventKind
from govdigest.resources import folders
from govdigest.verify import verify
from tests.commands.site import SECTIONS, START, Answers, Maintainer, maintainer, page, taxonomy_of

LATER = (*SECTIONS[:2], SECTIONS[2].replace("90 days", "30 days"), *SECTIONS[3:])


def built(site: Maintainer, out: Path | None = None, jobs: int = 1) -> Built:
    places = folders(site.root)
    return build(
        site.config(),
        archive=site.archive,
        taxonomy=taxonomy_of(places.content[:1]),
        templates=places.templates,
        content=places.content,
        out=out or site.root / "site",
        cache=places.cache,
        jobs=jobs,
    )


def pulled(site: Maintainer, answers: Answers) -> None:
    """Three weekly pulls: a first version, a change, nothing."""
    site.pull()
    answers.pages["/privacy"] = page(LATER)
    site.pull(7)
    site.pull(14)


def tree(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def test_a_build_shows_what_was_pulled_and_every_quote_is_in_the_archive(tmp_path: Path) -> None:
    answers = Answers({"/privacy": page()})
    with maintainer(tmp_path, answers) as site:
        pulled(site, answers)
        result = built(site)
        assert result.counts.documents_read == 1
        out = tmp_path / "site"
        document = (out / "platforms/tamarisk/privacy/index.html").read_text(encoding="utf-8")
        assert "30 days after you delete it" in document
        assert (out / "provisions/data-retention/index.html").exists()
        assert (out / "feeds/weekly.xml").exists()
        assert (out / "digests/2026-w03/index.html").exists()
        checked = verify(site.archive, out)
        assert checked.problems == ()
        assert checked.quotes > 5


def test_a_second_build_writes_nothing_and_another_clone_gives_the_same_bytes(tmp_path: Path) -> None:
    answers = Answers({"/privacy": page()})
    with maintainer(tmp_path / "a", answers) as site:
        pulled(site, answers)
        assert built(site).written > 20
        again = built(site)
        assert (again.written, again.rendered, again.deleted) == (0, 0, 0)
        first = tree(tmp_path / "a" / "site")
        built(site, tmp_path / "elsewhere", jobs=2)
        assert tree(tmp_path / "elsewhere") == first


def test_a_lost_page_is_made_again_and_a_foreign_file_goes(tmp_path: Path) -> None:
    answers = Answers({"/privacy": page()})
    with maintainer(tmp_path, answers) as site:
        site.pull()
        built(site)
        before = tree(tmp_path / "site")
        (tmp_path / "site" / "README.md").write_text("spared", encoding="utf-8")
        (tmp_path / "site" / "index.html").unlink()
        (tmp_path / "site" / "stray.html").write_text("x", encoding="utf-8")
        built(site)
        assert tree(tmp_path / "site") == {**before, "README.md": b"spared"}


def test_a_tampered_archive_is_never_published(tmp_path: Path) -> None:
    answers = Answers({"/privacy": page()})
    with maintainer(tmp_path, answers) as site:
        site.pull()
        built(site)
        (version,) = site.archive.versions("tamarisk", "privacy")
        path = site.archive.path("tamarisk", "privacy", version.id)
        path.write_text(path.read_text(encoding="utf-8").replace("90 days", "900 days"), encoding="utf-8")
        with pytest.raises(ArchiveError, match="not the one that was archived"):
            built(site)
        problems = verify(site.archive, tmp_path / "site").problems
        assert any("hash" in problem for problem in problems)
        assert any("the quote at" in problem for problem in problems)


def test_a_published_quote_that_the_archive_does_not_hold_is_found(tmp_path: Path) -> None:
    answers = Answers({"/privacy": page()})
    with maintainer(tmp_path, answers) as site:
        site.pull()
        built(site)
        path = tmp_path / "site/platforms/tamarisk/privacy/index.json"
        path.write_text(path.read_text(encoding="utf-8").replace("90 days after", "99 days after"), encoding="utf-8")
        assert any("99 days" in problem for problem in verify(site.archive, tmp_path / "site").problems)


def test_a_correction_is_an_event_of_its_own_and_announced_once(tmp_path: Path) -> None:
    answers = Answers({"/privacy": page()})
    with maintainer(tmp_path, answers) as site:
        pulled(site, answers)
        event = site.archive.events("tamarisk", "privacy")[-1]
        corrections = tmp_path / "content" / "corrections"
        corrections.mkdir(parents=True)
        (corrections / f"{event.id}.md").write_text("The period was 31 days.\n\nWe misread it.\n", encoding="utf-8")
        content = folders(tmp_path).content
        (correction,) = announce_corrections(site.archive, content, START)
        assert (correction.kind, correction.corrects) == (EventKind.CORRECTION, event.id)
        assert correction.headline == "The period was 31 days."
        assert announce_corrections(site.archive, content, START) == ()
        (corrections / "tamarisk.privacy.never.md").write_text("x", encoding="utf-8")
        with pytest.raises(ContentError, match="names no announced event"):
            announce_corrections(site.archive, content, START)


def test_an_editors_note_overrules_with_a_reason_until_the_text_changes(tmp_path: Path) -> None:
    answers = Answers({"/privacy": page()})
    with maintainer(tmp_path, answers) as site:
        site.pull()
        (version,) = site.archive.versions("tamarisk", "privacy")
        note = tmp_path / "content/notes/tamarisk/privacy.md"
        note.parent.mkdir(parents=True)
        note.write_text(
            f"---\nversion: {version.id}\noverrules:\n"
            "  - {provision: data-sale, position: silent, reason: It only repeats the law.}\n---\nRead with care.\n",
            encoding="utf-8",
        )
        built(site)
        data = json.loads((tmp_path / "site/platforms/tamarisk/privacy/index.json").read_text(encoding="utf-8"))
        assert "data-sale" not in {row["provision"] for row in data["statements"]}
        assert "Read with care" in (tmp_path / "site/platforms/tamarisk/privacy/index.html").read_text(encoding="utf-8")
        answers.pages["/privacy"] = page(LATER)
        site.pull(1)
        built(site)
        data = json.loads((tmp_path / "site/platforms/tamarisk/privacy/index.json").read_text(encoding="utf-8"))
        assert "data-sale" in {row["provision"] for row in data["statements"]}


def test_commands_end_with_the_exit_codes_that_are_promised(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = Answers({"/privacy": page()})
    with maintainer(tmp_path, answers) as site:
        root = ["--root", str(tmp_path)]
        assert main(["check", *root]) == 0
        assert main(["pull", *root, "--at", "2026-01-05", "--gateway", site.gateway]) == 0
        assert "checked" in capsys.readouterr().out
        assert main(["build", *root]) == 0
        assert main(["verify", *root]) == 0
        assert main(["pull", *root, "--at", "2026-01-04", "--gateway", site.gateway]) == 2
        assert main(["pull", *root, "--only", "nobody", "--gateway", site.gateway]) == 2
        assert "no such platform" in capsys.readouterr().err
        (path,) = (tmp_path / "content/archive/tamarisk/privacy").glob("*.md")
        path.write_text(path.read_text(encoding="utf-8") + "x", encoding="utf-8")
        assert main(["verify", *root]) == 1
        assert main(["build", *root]) == 1
        (tmp_path / "platforms.yaml").write_text("site: [\n", encoding="utf-8")
        assert main(["check", *root]) == 2
        assert "platforms.yaml" in capsys.readouterr().err


def test_feed_items_say_the_same_after_a_rename_and_a_move_of_the_site(tmp_path: Path) -> None:
    import feedparser

    def items(site: Maintainer) -> list[tuple[str, str]]:
        parsed = feedparser.parse((site.root / "site/feeds/events.xml").read_bytes())
        return [(entry.id, entry.title) for entry in parsed.entries]

    answers = Answers({"/privacy": page()})
    with maintainer(tmp_path, answers) as site:
        pulled(site, answers)
        built(site)
        before = items(site)
        path = site.root / "platforms.yaml"
        text = path.read_text(encoding="utf-8").replace("name: Tamarisk", "name: Tamarind")
        path.write_text(text.replace("watch.example/digest", "elsewhere.example/x"), encoding="utf-8")
        built(site)
        assert len(before) == 2
        assert items(site) == before
        assert "Tamarisk, Privacy Policy" in before[0][1]
