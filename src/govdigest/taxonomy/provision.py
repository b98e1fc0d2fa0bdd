"""``provisions/<slug>.md``: front matter that is a provision, and its text for readers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from govdigest.model import Group, Provision, require_slug
from govdigest.patterns import Lexicon
from govdigest.taxonomy.answers import check_readings, read_parameters, read_positions
from govdigest.taxonomy.finding import check_find
from govdigest.taxonomy.shapes import Names, check_keys, words_of
from govdigest.taxonomy.source import SourceFile, parse

GROUPS = (
    Group("ai", "AI and your content"),
    Group("data", "Personal data"),
    Group("legal", "Liability and disputes"),
    Group("account", "Account, content and enforcement"),
    Group("commerce", "Payments"),
    Group("oversight", "Notice and oversight"),
)
_PROVISION = {"group", "order", "name", "question", "measured", "salience", "positions", "parameters", "find"}


def read_provision(
    path: Path, stem: str, source: str, lexicon: Lexicon
) -> tuple[SourceFile, tuple[tuple[int, int, str], Provision] | None]:
    """The file, and its provision with the key that orders it among others (none when it cannot be made)."""
    parts = re.match(r"---\n(.*?\n)---[ \t]*(?:\n|\Z)", source, re.DOTALL)
    if parts is None:
        file = SourceFile(str(path), None, 0)
        if source:
            file.problem((), "no front matter between two lines of '---' at the top")
        return file, None
    file, data = parse(str(path), parts[1], 1)
    if file.problems:
        return file, None
    if not isinstance(data, Mapping):
        file.problem((), "the front matter is no mapping")
        return file, None
    check_keys(file, data, (), _PROVISION)
    try:
        require_slug(stem)
    except ValueError:
        file.problem((), f"the file's name is the provision's slug, and {stem!r} is none")
    groups = [group.slug for group in GROUPS]
    group = data.get("group")
    if group not in groups:
        file.problem(("group",), f"unknown group {group!r}: one of {', '.join(groups)}")
    order = data.get("order", 100)
    if not isinstance(order, int) or isinstance(order, bool):
        file.problem(("order",), "order: a whole number")
        order = 100
    measured = data.get("measured", True)
    if not isinstance(measured, bool):
        file.problem(("measured",), "measured: true or false")
    salience = data.get("salience", 1.0)
    if isinstance(salience, bool) or not isinstance(salience, int | float) or not 0 <= salience <= 3:
        file.problem(("salience",), "salience: a number from 0 to 3")
        salience = 1.0
    parameters, readings = read_parameters(file, data.get("parameters"))
    positions = read_positions(file, data.get("positions"), {parameter.slug for parameter in parameters})
    slugs = {position.slug for position in positions}
    types = {parameter.slug: parameter.type for parameter in parameters}
    names = Names(lexicon, types)
    check_readings(file, readings, slugs, names)
    find = data.get("find")
    if isinstance(find, Mapping):
        check_find(file, find, slugs, names)
    else:
        file.problem(("find",), "find: the rules by which the positions are found")
        find = {}
    provision = Provision(
        slug=stem,
        group=str(group),
        name=words_of(file, data, ("name",)),
        question=words_of(file, data, ("question",)),
        positions=tuple(positions),
        parameters=tuple(parameters),
        body=source[parts.end() :].strip() + "\n",
        find=MappingProxyType({**find, "parameters": readings}),
        path=str(path),
        measured=bool(measured),
        salience=float(salience),
    )
    key = (groups.index(group) if group in groups else len(groups), order, stem)
    return file, (key, provision)
