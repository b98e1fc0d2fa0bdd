"""The nouns of the demo world, all frozen: what its folder says, and what its sites reply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType


class WorldError(Exception):
    """The world's own folder contradicts itself: an edit that finds no place, a page without a text."""


@dataclass(frozen=True, slots=True)
class Week:
    """One week of the world. ``pulls`` are the instants at which a maintainer pulls in it, in order."""

    number: int
    instant: datetime
    title: str
    pulls: tuple[datetime, ...]
    happenings: tuple[str, ...] = ()
    """What happens in it, in words: what an observer who knew everything would note."""


@dataclass(frozen=True, slots=True)
class When:
    """A half-open stretch of the world's time; without an end, for good."""

    start: datetime
    end: datetime | None = None

    def holds(self, instant: datetime) -> bool:
        """Whether ``instant`` lies in it."""
        return self.start <= instant and (self.end is None or instant < self.end)


# --------------------------------------------------------------------------- edits of texts


@dataclass(frozen=True, slots=True)
class Replace:
    """``find`` stands exactly once, and becomes ``by``."""

    find: str
    by: str


@dataclass(frozen=True, slots=True)
class Insert:
    """``text`` comes right after ``after``, which stands exactly once."""

    after: str
    text: str


@dataclass(frozen=True, slots=True)
class MoveSection:
    """The section under heading ``section`` goes before heading ``before``; numbers are dealt again in order."""

    section: str
    before: str


@dataclass(frozen=True, slots=True)
class Rename:
    """A rebrand: every ``old`` becomes ``new``."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Announce:
    """A whole future text is set below the current one, which stays."""

    heading: str
    notice: str
    operations: tuple[Operation, ...]
    """What makes the future text out of the current one."""


@dataclass(frozen=True, slots=True)
class Adopt:
    """The announced text takes the current one's place."""


Operation = Replace | Insert | MoveSection | Rename | Announce | Adopt


@dataclass(frozen=True, slots=True)
class Edit:
    """One operation on one text, and while when it holds."""

    text: str
    when: When
    operation: Operation


# --------------------------------------------------------------------------- pages and what befalls them


@dataclass(frozen=True, slots=True)
class Page:
    """What one URL shows: texts in order, in a layout, with the site's own way of validators."""

    url: str
    layout: str
    brand: str
    title: str
    texts: tuple[str, ...]
    language: str = "en"
    validators: str = "etag"
    """``etag``, ``last-modified``, ``both`` or ``none``."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What befalls a URL (or, for robots.txt, a host) for a while."""

    url: str
    kind: str
    when: When
    options: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Setting:
    """An edit that the maintainer makes in ``platforms.yaml`` before a week's first pull."""

    week: int
    operation: Operation


@dataclass(frozen=True, slots=True)
class Story:
    """The whole folder, read."""

    start: datetime
    weeks: tuple[Week, ...]
    texts: Mapping[str, str]
    pages: Mapping[str, Page]
    edits: tuple[Edit, ...]
    faults: tuple[Fault, ...]
    settings: tuple[Setting, ...]
    corrections: tuple[tuple[int, str, str], ...]
    """Week, file name, words."""
    configuration: str


# --------------------------------------------------------------------------- HTTP


@dataclass(frozen=True, slots=True)
class Request:
    """What a gateway was asked: the real URL, and the headers that matter (names in lower case)."""

    url: str
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    method: str = "GET"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a site answers. ``encoded`` bodies are sent as they are."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    media_type: str = "text/html; charset=utf-8"
    delay: float = 0.0
    """Seconds of silence before the answer."""
    encoding: str | None = None
    """Content-Encoding that ``body`` already has."""
    endless: bool = False
    """``body`` is repeated until the other side hangs up."""


@dataclass(frozen=True, slots=True)
class Logged:
    """One request as the gateway saw it."""

    method: str
    url: str
    status: int
    agent: str
