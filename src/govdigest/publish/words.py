"""Labels and formats: how kinds, dates and quotes are written on every page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType

from govdigest import marks
from govdigest.edition.words import SCOPES as SCOPES
from govdigest.model import (
    Audience,
    DateKind,
    EventKind,
    Exposure,
    Kind,
    Nature,
    VerdictKind,
    instant_of,
)

KINDS: Mapping[str, str] = MappingProxyType(
    {
        Kind.TERMS: "Terms",
        Kind.PRIVACY: "Privacy policy",
        Kind.DPA: "Data processing agreement",
        Kind.ACCEPTABLE_USE: "Acceptable use policy",
        Kind.COMMERCIAL: "Commercial terms",
        Kind.DEVELOPER: "Developer terms",
        Kind.COMMUNITY: "Community guidelines",
        Kind.COOKIES: "Cookie policy",
        Kind.OTHER: "Other document",
    }
)
AUDIENCES: Mapping[str, str] = MappingProxyType(
    {
        Audience.CONSUMER: "Consumers",
        Audience.BUSINESS: "Businesses",
        Audience.DEVELOPER: "Developers",
        Audience.EVERYONE: "Everyone",
    }
)
NATURES: Mapping[str, str] = MappingProxyType(
    {
        Nature.CONTRACT: "Contract",
        Nature.NOTICE: "Notice",
        Nature.COMMITMENT: "Commitments page",
        Nature.GUIDELINE: "Guidelines",
    }
)
NATURES_LONG: Mapping[str, str] = MappingProxyType(
    {
        Nature.CONTRACT: "a contract between the platform and its user",
        Nature.NOTICE: "a notice, not a contract",
        Nature.COMMITMENT: "a commitments page, not a contract",
        Nature.GUIDELINE: "guidelines, not a contract by themselves",
    }
)
EXPOSURES: Mapping[str, str] = MappingProxyType(
    {Exposure.HIGH: "High exposure", Exposure.MEDIUM: "Medium exposure", Exposure.LOW: "Low exposure"}
)
EVENTS: Mapping[str, str] = MappingProxyType(
    {
        EventKind.FIRST: "First version",
        EventKind.MATERIAL: "Material change",
        EventKind.EDITORIAL: "Editorial change",
        EventKind.REVERTED: "Reverted",
        EventKind.GONE: "Gone",
        EventKind.BACK: "Back",
        EventKind.UNREADABLE: "Unreadable",
        EventKind.EFFECTIVE: "Takes effect",
        EventKind.CORRECTION: "Correction",
    }
)
STATUSES: Mapping[str, str] = MappingProxyType(
    {
        "current": "Current",
        "unreadable": "Unreadable",
        "gone": "Gone",
        "never-read": "Never read",
        "other-language": "Other language",
        "retired": "Retired",
    }
)

VERDICTS: Mapping[str, str] = MappingProxyType(
    {
        VerdictKind.FIRST: "First text",
        VerdictKind.UNCHANGED: "Unchanged",
        VerdictKind.COSMETIC: "Same words",
        VerdictKind.VARIANT: "Known variant",
        VerdictKind.BROKEN: "Broken text",
        VerdictKind.PENDING: "Held back",
        VerdictKind.EDITORIAL: "Editorial change",
        VerdictKind.MATERIAL: "Material change",
        VerdictKind.RE_EXTRACTION: "Read in a new way",
        "": "None yet",
    }
)
DATES: Mapping[str, str] = MappingProxyType(
    {DateKind.EFFECTIVE: "in force from", DateKind.UPDATED: "updated", DateKind.PUBLISHED: "published"}
)

_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_MARKED = re.compile(r"[\\*_\[\]<&|#`~]|!\[|^[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])", re.MULTILINE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def day(value: date | None) -> str:
    """``5 January 2026``; empty for none."""
    return "" if value is None else f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def taken(version: str) -> str:
    """The day of a version's id, as ``5 January 2026``; raises ValueError for what is no id of a version."""
    return day(instant_of(version).date())


def month(value: date) -> str:
    """``January 2026``."""
    return f"{_MONTHS[value.month - 1]} {value.year}"


def iso(value: date | datetime | None) -> str:
    """``2026-01-05`` for a day, ``2026-01-05T00:00:00Z`` for an instant; empty for none."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.isoformat()[:19]}Z"
    return value.isoformat()


def number(value: int) -> str:
    """``12,345``."""
    return f"{value:,}"


def count(value: int, one: str, many: str = "") -> str:
    """``1 document``, ``2 documents``."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def capital(value: str) -> str:
    """The first letter large, the rest as it is; an address stays one."""
    if value.startswith(("https://", "http://")):
        return value
    return value[:1].upper() + value[1:]


def clean(value: str) -> str:
    """``value`` without the characters that neither HTML nor XML may carry."""
    return _CONTROL.sub("", value)


@lru_cache(maxsize=65536)
def shown(markdown: str) -> str:
    """A quote as a reader sees it: what ``marks.plain`` gives, at once where there is no mark to take away."""
    if _MARKED.search(markdown):
        return marks.plain(markdown, inside=True)
    return " ".join(markdown.split())


def shorten(value: str, limit: int = 155) -> str:
    """``value`` on one line, cut at a word before ``limit`` characters."""
    line = " ".join(value.split())
    if len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
