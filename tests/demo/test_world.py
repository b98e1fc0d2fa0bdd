"""The world's folder: every week's texts follow from the edits, and nothing in it is real."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from govdigest import config
from govdigest.demo import World, WorldError
from govdigest.demo.edits import derive
from govdigest.demo.nouns import Adopt, Announce, Insert, MoveSection, Rename, Replace
from tests.shared import SHARED, needs_shared

WORLD = World()
PULLS = [pull for week in WORLD.weeks for pull in week.pulls]


def test_weeks_are_numbered_in_order_and_seven_days_apart() -> None:
    assert [week.number for week in WORLD.weeks] == list(range(1, len(WORLD.weeks) + 1))
    assert WORLD.weeks[0].instant.isoformat() == "2026-01-05T06:00:00+00:00"
    assert {(b.instant - a.instant).days for a, b in zip(WORLD.weeks, WORLD.weeks[1:], strict=False)} == {7}
    assert sorted(PULLS) == PULLS
    assert all(week.title and week.happenings for week in WORLD.weeks)


@pytest.mark.parametrize("instant", PULLS, ids=lambda pull: f"{pull:%m-%d}")
def test_every_text_can_be_derived_at_every_pull(instant: datetime) -> None:
    for name in WORLD.texts:
        text = WORLD.text(name, instant)
        assert text.strip()
        assert "[[" not in text


def test_every_edit_changes_its_text_in_the_week_in_which_it_starts() -> None:
    data = Path(config.__file__).parents[1] / "demo/world/weeks"
    for week, path in zip(WORLD.weeks, sorted(data.glob("*.yaml")), strict=True):
        for row in yaml.safe_load(path.read_text(encoding="utf-8")).get("edits", ()):
            names = row["text"] if isinstance(row["text"], list) else [row["text"]]
            for name in names:
                last = max(pull for pull in PULLS if pull < week.instant)
                texts = {WORLD.text(name, instant) for instant in (last, *week.pulls)}
                assert len(texts) > 1, (path.name, name)


def test_the_configuration_of_every_week_is_valid(tmp_path: Path) -> None:
    file = tmp_path / "platforms.yaml"
    for week in WORLD.weeks:
        file.write_text(WORLD.configuration(week.number), encoding="utf-8")
        loaded = config.load(file)
        hosts = [source.url for platform in loaded.platforms for d in platform.documents for source in d.sources]
        assert all(re.match(r"https://[a-z.-]+\.example/", url) for url in hosts)
        assert set(hosts) <= {page.url for page in WORLD.pages}


def test_every_host_and_address_in_the_world_is_fictional() -> None:
    for name in WORLD.texts:
        text = WORLD.text(name)
        hosts = re.findall(r"(?:https?://|@)([\w.-]+\.\w+)", text)
        assert all(host.endswith(".example") or host == "169.254.169.254" for host in hosts), (name, hosts)


@needs_shared
def test_no_platform_bears_a_real_name(tmp_path: Path) -> None:
    lines = (SHARED / "platforms/declared.jsonl").read_text(encoding="utf-8").splitlines()
    real = {str(json.loads(line)["service"]).lower() for line in lines}
    file = tmp_path / "platforms.yaml"
    file.write_text(WORLD.configuration(), encoding="utf-8")
    assert not {platform.name.lower() for platform in config.load(file).platforms} & real
    texts = "\n".join(WORLD.text(name) for name in WORLD.texts).lower()
    for company in ("google", "facebook", "openai", "microsoft", "amazon", "tiktok", "anthropic", "github", "paypal"):
        assert company not in texts


def test_documents_are_of_the_length_of_real_ones(tmp_path: Path) -> None:
    file = tmp_path / "platforms.yaml"
    file.write_text(WORLD.configuration(1), encoding="utf-8")
    pages = {page.url: page for page in WORLD.pages}
    for platform in config.load(file).platforms:
        for document in platform.documents if platform.slug != "grimble" else ():
            names = [name for source in document.sources for name in pages[source.url].texts]
            assert 1000 <= sum(len(WORLD.text(name).split()) for name in names) <= 4000, names


# --------------------------------------------------------------------------- edits

TEXT = "# Terms\n\nOf today.\n\n## 1. One\n\nSee section 2.\n\n## 2. Two\n\nWe keep it.\n\n## 3. Three\n\nBye.\n"


@pytest.mark.parametrize(
    "operation",
    [Replace("We keep", "x"), Insert("We keep", "x"), Replace("", "x"), Rename("Nobody", "x")],
)
def test_an_edit_that_does_not_find_one_place_is_refused(operation: Replace | Insert | Rename) -> None:
    twice = TEXT + "\nWe keep it.\n"
    with pytest.raises(WorldError):
        derive(twice, [operation])


def test_an_edit_applies_once() -> None:
    replace = Replace("We keep it.", "We drop it.")
    assert derive(TEXT, [replace]).count("We drop it.") == 1
    with pytest.raises(WorldError):
        derive(TEXT, [replace, replace])


def test_a_moved_section_is_renumbered_with_the_references_to_it() -> None:
    moved = derive(TEXT, [MoveSection("## 2. Two", "## 1. One")])
    assert moved.index("## 1. Two") < moved.index("## 2. One") < moved.index("## 3. Three")
    assert "See section 1." in moved


def test_announced_terms_stand_below_the_current_ones_until_they_are_adopted() -> None:
    announce = Announce("# Terms from March", "From March:", (Replace("We keep it.", "We drop it."),))
    both = derive(TEXT, [announce])
    assert both.index("We keep it.") < both.index("# Terms from March") < both.index("We drop it.")
    adopted = derive(TEXT, [announce, Adopt()])
    assert adopted == derive(TEXT, [Replace("We keep it.", "We drop it.")])
    with pytest.raises(WorldError):
        derive(TEXT, [Adopt()])


@given(st.text(alphabet="ab \n", min_size=1, max_size=30), st.text(alphabet="xy", max_size=5))
def test_a_replacement_needs_exactly_one_place(find: str, by: str) -> None:
    count = TEXT.count(find)
    if count == 1:
        assert derive(TEXT, [Replace(find, by)]) != TEXT or find == by
    else:
        with pytest.raises(WorldError):
            derive(TEXT, [Replace(find, by)])
