"""Declarative edits: how a text of one week follows from that of the week before.

Each finds its place exactly once, so that every week's text is derivable and checkable.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from govdigest.demo.nouns import Adopt, Announce, Insert, MoveSection, Operation, Rename, Replace, WorldError

NUMBERED = re.compile(r"^## (\d{1,3})\.", re.MULTILINE)
REFERENCE = re.compile(r"\b([Ss])ection (\d{1,3})\b")


@dataclass(frozen=True, slots=True)
class Draft:
    """A text in the making: what is in force, and what is announced below it."""

    current: str
    heading: str = ""
    notice: str = ""
    announced: str | None = None

    def markdown(self) -> str:
        """The text as the page shows it."""
        if self.announced is None:
            return self.current
        return f"{self.current.rstrip()}\n\n{self.heading}\n\n{self.notice}\n\n{body(self.announced)}"


def derive(text: str, operations: Iterable[Operation]) -> str:
    """``text`` after ``operations`` in their order; raises WorldError where one finds no place or several."""
    draft = Draft(text)
    for operation in operations:
        draft = step(draft, operation)
    return draft.markdown()


def step(draft: Draft, operation: Operation) -> Draft:
    """``draft`` after one operation."""
    if isinstance(operation, Announce):
        announced = derive(draft.current, operation.operations)
        return Draft(draft.current, operation.heading, operation.notice, announced)
    if isinstance(operation, Adopt):
        if draft.announced is None:
            raise WorldError("nothing was announced that could be adopted")
        return Draft(draft.announced)
    return Draft(alter(draft.current, operation), draft.heading, draft.notice, draft.announced)


def alter(text: str, operation: Replace | Insert | MoveSection | Rename) -> str:
    """``text`` after one operation that needs nothing but the text."""
    if isinstance(operation, Replace):
        start = place(text, operation.find)
        return tidy(text[:start] + operation.by + text[start + len(operation.find) :])
    if isinstance(operation, Insert):
        start = place(text, operation.after) + len(operation.after)
        return tidy(text[:start] + operation.text + text[start:])
    if isinstance(operation, Rename):
        if operation.old not in text:
            raise WorldError(f"no name to change: {operation.old!r}")
        return text.replace(operation.old, operation.new)
    return move(text, operation)


def place(text: str, find: str) -> int:
    """Where ``find`` stands; it must stand exactly once."""
    count = text.count(find) if find else 0
    if count != 1:
        raise WorldError(f"stands {count} times, not once: {find[:90]!r}")
    return text.index(find)


def move(text: str, operation: MoveSection) -> str:
    """One ``##`` section in another place, all numbered sections and references to them renumbered."""
    start = place(text, f"{operation.section}\n")
    following = text.find("\n## ", start)
    end = len(text) if following < 0 else following + 1
    section = text[start:end].rstrip() + "\n\n"
    rest = text[:start] + text[end:]
    target = place(rest, f"{operation.before}\n")
    moved = rest[:target] + section + rest[target:]
    old = [int(number) for number in NUMBERED.findall(moved)]
    new = {number: index + min(old) for index, number in enumerate(old)} if old else {}
    moved = NUMBERED.sub(lambda found: f"## {new[int(found[1])]}.", moved)
    return REFERENCE.sub(lambda found: f"{found[1]}ection {new.get(int(found[2]), int(found[2]))}", moved)


def body(text: str) -> str:
    """``text`` without its title line."""
    return text.split("\n", 1)[1].lstrip() if text.startswith("# ") else text


def tidy(text: str) -> str:
    """At most one empty line between blocks, as an editor's software leaves it."""
    return re.sub(r"\n{3,}", "\n\n", text)
