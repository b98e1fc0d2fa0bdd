"""The world's folder, read and checked: ``world.yaml``, ``platforms.yaml``, and what lies in its sub-folders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from govdigest.demo.nouns import (
    Adopt,
    Announce,
    Edit,
    Fault,
    Insert,
    MoveSection,
    Operation,
    Page,
    Rename,
    Replace,
    Setting,
    Story,
    Week,
    When,
    WorldError,
)

WEEK = timedelta(days=7)


def load(folder: Path) -> Story:
    """The story that ``folder`` tells; raises WorldError for what contradicts itself."""
    world = parse(folder / "world.yaml")
    start = datetime.fromisoformat(str(world["start"])).astimezone(UTC)
    texts = {
        str(path.relative_to(folder / "texts").with_suffix("").as_posix()): path.read_text(encoding="utf-8")
        for path in sorted((folder / "texts").rglob("*.md"))
    }
    pages = {page.url: page for page in (read_page(row, texts) for row in world["pages"])}
    weeks: list[Week] = []
    edits: list[Edit] = []
    faults: list[Fault] = []
    settings: list[Setting] = []
    corrections: list[tuple[int, str, str]] = []
    for number, path in enumerate(sorted((folder / "weeks").glob("*.yaml")), start=1):
        data = parse(path)
        instant = start + WEEK * (number - 1)
        pulls = tuple(instant + timedelta(days=float(day)) for day in data.get("pulls", [0]))
        weeks.append(Week(number, instant, str(data["title"]), pulls, tuple(data.get("happenings", ()))))
        edits += [edit for row in data.get("edits", ()) for edit in read_edits(row, instant, texts)]
        faults += [fault for row in data.get("faults", ()) for fault in read_faults(row, instant)]
        settings += [Setting(number, read_operation(row)) for row in data.get("settings", ())]
        corrections += [
            (number, str(name), (folder / "corrections" / str(name)).read_text(encoding="utf-8"))
            for name in data.get("corrections", ())
        ]
    return Story(
        start=start,
        weeks=tuple(weeks),
        texts=MappingProxyType(texts),
        pages=MappingProxyType(pages),
        edits=tuple(edits),
        faults=tuple(faults),
        settings=tuple(settings),
        corrections=tuple(corrections),
        configuration=(folder / "platforms.yaml").read_text(encoding="utf-8"),
    )


def parse(path: Path) -> dict[str, Any]:
    """One YAML mapping."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict):
        raise WorldError(f"{path.name}: not a mapping")
    return data


def several(value: object) -> Iterator[str]:
    """One name or a list of them."""
    if isinstance(value, list):
        yield from (str(item) for item in value)
    else:
        yield str(value)


def stretch(row: Mapping[str, Any], instant: datetime, days: int | None) -> When:
    """When ``row`` holds: ``from`` that day of the week, for so many ``days`` (``always``: for good)."""
    start = instant + timedelta(days=float(row.get("from", 0)))
    length = row.get("days", days)
    return When(start, None if length in (None, "always") else start + timedelta(days=float(length)))


def read_edits(row: Mapping[str, Any], instant: datetime, texts: Mapping[str, str]) -> Iterator[Edit]:
    """The edits of one row: the same operation on each text that it names."""
    for name in several(row["text"]):
        if name not in texts:
            raise WorldError(f"there is no text {name}")
        yield Edit(name, stretch(row, instant, None), read_operation(row))


def read_faults(row: Mapping[str, Any], instant: datetime) -> Iterator[Fault]:
    """The faults of one row: the same one at each URL that it names, for the week when no length is given."""
    options = {key: value for key, value in row.items() if key not in ("url", "kind", "from", "days")}
    for url in several(row["url"]):
        yield Fault(url, str(row["kind"]), stretch(row, instant, WEEK.days), MappingProxyType(dict(options)))


def read_page(row: Mapping[str, Any], texts: Mapping[str, str]) -> Page:
    """One page of ``world.yaml``."""
    names = tuple(several(row["texts"]))
    for name in names:
        if name not in texts:
            raise WorldError(f"{row['url']}: there is no text {name}")
    return Page(
        url=str(row["url"]),
        layout=str(row["layout"]),
        brand=str(row["brand"]),
        title=str(row["title"]),
        texts=names,
        language=str(row.get("language", "en")),
        validators=str(row.get("validators", "etag")),
    )


def read_operation(row: Mapping[str, Any]) -> Operation:
    """The operation that a row of a week's file names."""
    if "replace" in row:
        return Replace(clean(row["replace"]), clean(row["by"]))
    if "remove" in row:
        return Replace(clean(row["remove"]), "")
    if "after" in row:
        return Insert(clean(row["after"]), "\n\n" + clean(row["insert"]))
    if "move" in row:
        return MoveSection(clean(row["move"]), clean(row["before"]))
    if "rename" in row:
        return Rename(clean(row["rename"]), clean(row["by"]))
    if "announce" in row:
        announced = row["announce"]
        operations = tuple(read_operation(each) for each in announced["edits"])
        return Announce(clean(announced["heading"]), clean(announced["notice"]), operations)
    if row.get("adopt"):
        return Adopt()
    raise WorldError(f"no operation: {sorted(row)}")


def clean(value: object) -> str:
    """YAML's block scalars end in a line break that belongs to the file, not to the text."""
    return str(value).rstrip("\n")
