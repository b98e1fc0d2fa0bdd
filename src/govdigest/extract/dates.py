"""The dates that a document gives for itself: 'Effective …', 'Last updated …', 'Published …', in four languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain

from govdigest.model import DateKind, Span, StatedDate

_MONTHS = (
    "january janvier januar jänner enero gennaio janeiro januari jan janv ene",
    "february février fevrier februar feber febrero febbraio fevereiro februari feb févr fév febr",
    "march mars märz marz marzo março maart mar mär mrz",
    "april avril abril aprile apr avr abr",
    "may mai mayo maggio maio mei",
    "june juin juni junio giugno junho jun",
    "july juillet juli julio luglio julho jul juil",
    "august août aout agosto augustus aug ago",
    "september septembre septiembre setiembre settembre setembro sept sep",
    "october octobre oktober octubre ottobre outubro oct okt",
    "november novembre noviembre novembro nov",
    "december décembre decembre dezember diciembre dicembre dezembro dec déc dez dic",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAMES = "|".join(sorted(_MONTH, key=len, reverse=True))

_DATE = re.compile(
    rf"""
    (?P<iso>(?<!\d)(?P<y1>(?:19|20)\d\d)[-/.](?P<m1>\d{{1,2}})[-/.](?P<d1>\d{{1,2}})(?!\d))
  | (?<!\d)(?P<d2>\d{{1,2}})(?:st|nd|rd|th|er|º|°|\.)?\s{{0,2}}(?:of\s|de\s)?\s?(?P<m2>{_NAMES})\b\.?,?\s{{0,2}}
        (?:de\s|del\s)?(?P<y2>(?:19|20)\d\d)(?!\d)
  | (?P<m3>{_NAMES})\b\.?\s{{0,2}}(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\s?,?\s{{0,2}}(?P<y3>(?:19|20)\d\d)(?!\d)
  | (?<!\d)(?P<a4>\d{{1,2}})(?P<sep>[/.-])(?P<b4>\d{{1,2}})(?P=sep)(?P<y4>(?:19|20)\d\d)(?!\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)

_MONTH_ONLY = re.compile(
    rf"(?<![^\W\d_])(?:{_NAMES})\b\.?,?\s{{0,2}}(?:de\s|del\s)?(?:19|20)\d\d(?!\d)|(?<!\d)(?:0?[1-9]|1[0-2])[/.](?:19|20)\d\d(?!\d)",
    re.IGNORECASE,
)
"""No day, so none is stated: the line is known for what it is, and the date is not read."""

_EFFECTIVE = r"""
    effective(?:\s+(?:date|as\s+of|from|on|starting|beginning))?
  | (?:takes?|taking|took|come[s]?|goes?|go)\s+(?:in)?to\s+
    (?:effect|force)(?:\s+(?:on|from|as\s+of))? | (?:takes?|taking|took)\s+effect(?:\s+(?:on|from|as\s+of))?
  | in\s+(?:effect|force)\s+(?:from|since|as\s+of|on) | valid\s+(?:from|as\s+of)
  | (?:become|becoming)s?\s+effective(?:\s+on)?
  | date\s+d['’]entrée\s+en\s+vigueur | entr(?:ée|e|ent|eront|era)\s+en\s+vigueur
  | en\s+vigueur\s+(?:depuis|à\s+compter|à\s+partir)
  | date\s+d['’]effet | prend(?:ra|ront|re|nent)?\s+effet | applicables?\s+(?:à\s+(?:compter|partir)|depuis)
  | gültig\s+(?:ab|seit|vom) | wirksam\s+(?:ab|seit|zum) | in\s+kraft(?:\s+(?:ab|seit|getreten))? | tritt\s+am
  | treten\s+am
  | inkrafttreten | datum\s+des\s+inkrafttretens | gilt\s+ab | gelten\s+ab
  | (?:fecha\s+de\s+)?entrada\s+en\s+vigor | vigente\s+(?:desde|a\s+partir) | entra(?:n|rá|rán)?\s+en\s+vigor
  | en\s+vigor\s+(?:desde|a\s+partir)
  | fecha\s+(?:efectiva|de\s+vigencia) | con\s+efecto\s+(?:a\s+partir|desde) | fecha\s+de\s+(?:efecto|efectividad)
"""
_UPDATED = rf"""
    (?:last|latest)\s+(?:updated?|revised|revision|modified|modification|amended|changed|reviewed)
  | (?:date\s+of\s+(?:last|latest)\s+(?:update|revision))
  | (?:date\s+)?(?:updated|revised|amended)(?:\s+on)? | updated?\s+as\s+of | revision\s+date
  | version\s+(?:date|of|dated)
  | révisée?s?(?:\s+le)?
  | dernières?\s+(?:mises?\s+à\s+jour|modifications?|révisions?) | mis(?:e|es)?\s+à\s+jour(?:\s+(?:le|en|du))?
  | version\s+(?:du|en\s+date\s+du)
  | (?:dernière\s+)?date\s+de\s+(?:la\s+)?(?:dernière\s+)?(?:mise\s+à\s+jour|modification)
  | (?:zuletzt|letzte?[rn]?)\s+(?:aktualisier\w{1, 6}|geändert|änderung|überarbeit\w{1, 6}|stand)
  | aktualisiert(?:\s+am)? | stand\s*(?=:|vom|\d|der|{_NAMES}\b)(?:\s*der\s+informationen)? | fassung\s+vom
  | (?:última|ultima)\s+(?:actualización|actualizacion|modificación|revisión|versión)
  | actualizad[oa]s?(?:\s+(?:el|por\s+última\s+vez))?
  | fecha\s+de\s+(?:la\s+)?(?:última\s+)?(?:actualización|modificación|revisión)
"""
_PUBLISHED = r"""
    published(?:\s+on)? | (?:date\s+of\s+)?publication(?:\s+date)? | posted(?:\s+on)? | date\s+(?:posted|published)
  | publiée?s?\s+le | date\s+de\s+publication | veröffentlicht(?:\s+am)? | veröffentlichungsdatum
  | publicad[oa]s?(?:\s+el)? | fecha\s+de\s+publicación
"""
_LABEL = re.compile(
    rf"(?:(?<![^\W_])|(?<=_))(?:(?P<effective>{_EFFECTIVE})|(?P<updated>{_UPDATED})|(?P<published>{_PUBLISHED}))",
    re.VERBOSE | re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"""(?:[\s*_:,\-–—()\[\]|#\\>]|\b(?:date|as\s+of|from|on|since|the|le|la|du|de|der|den|dem|vom|am|ab|zum|seit|el|del|desde|
        (?:à|a)\s+(?:compter|partir)(?:\s+du|\s+de|\s+del)?|partir|compter|day|and|is|was|est|ist|es|version|was\s+last|these|terms|
        this|policy|privacy|notice|statement|agreement|have|has|been|will|be|both|monday|tuesday|wednesday|thursday|friday|
        saturday|sunday|by|in|for|all|users|existing|new|lundi|mardi|mercredi|jeudi|vendredi)\b){0,14}""",
    re.VERBOSE | re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"effective|tak|took|come|go|in\s+(?:effect|force)|valid|becom|last|latest|date(?!\s+d['’e])|updat|revis(?!é)|amend|"
    r"version\s+(?:date|of)|publi(?:shed|cation)|post",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"(?:previous|prior|earlier|former|superseded|archived|old|précédente?s?|anteriore?s?|frühere?n?|until|before)\W+(?:\w+\W+){0,4}\Z",
    re.IGNORECASE,
)
_HEAD, _TAIL, _SHORT = 6_000, 2_500, 160
_MOST = 12
_YEAR = re.compile(r"(?:19|20)\d\d")
_REACH = 150
"""Characters before a year in which its label may stand."""


def stated_dates(markdown: str) -> tuple[StatedDate, ...]:
    """The dates that ``markdown`` states for itself, in order, each kind and day once.

    They stand near its top, near its end, or in a short line of their own; elsewhere a date is about
    something else. An ambiguous ``3/4/2024`` is read month first behind an English label, as the pages that write so
    mostly do, and day first behind others, or with dots.
    """
    found: dict[tuple[DateKind, date], StatedDate] = {}
    length = len(markdown)
    for match in _labels(markdown):
        if not (match.start() < _HEAD or match.start() > length - _TAIL or _alone(markdown, match.start())):
            continue
        between = _BETWEEN.match(markdown, match.end())
        when = _DATE.match(markdown, between.end()) if between else None
        if when is None or _FORMER.search(markdown, max(0, match.start() - 60), match.start()):
            continue
        day = _day(when, month_first=_ENGLISH.match(match[0]) is not None)
        if day is None:
            continue
        kind = DateKind((match.lastgroup or "").lower())
        found.setdefault((kind, day), StatedDate(kind, day, Span(match.start(), when.end())))
        if len(found) >= _MOST:
            break
    return tuple(found.values())


def metadata_dates(properties: list[tuple[str, str]]) -> tuple[StatedDate, ...]:
    """Dates of a page's metadata: pairs of a property's name and its value, ISO 8601. They carry no span."""
    found: dict[tuple[DateKind, date], StatedDate] = {}
    for name, value in properties:
        when = re.match(r"\s*((?:19|20)\d\d)-(\d\d)-(\d\d)", value)
        if when is None:
            continue
        try:
            day = date(int(when[1]), int(when[2]), int(when[3]))
        except ValueError:
            continue
        kind = DateKind.UPDATED if "modif" in name.lower() or "updated" in name.lower() else DateKind.PUBLISHED
        found.setdefault((kind, day), StatedDate(kind, day))
    return tuple(chain(found.values()))[:4]


def is_date_line(text: str) -> bool:
    """Whether a short text says when the document was made or takes effect, if only the month."""
    return bool(_DATE.search(text) or _MONTH_ONLY.search(text)) and bool(_LABEL.search(text))


def has_date(text: str) -> bool:
    """Whether ``text`` names a day."""
    return _DATE.search(text) is not None


def _labels(markdown: str) -> Iterator[re.Match[str]]:
    """Labels that have a year behind them, and not far."""
    position = 0
    for year in _YEAR.finditer(markdown):
        start = max(position, year.start() - _REACH)
        for match in _LABEL.finditer(markdown, start, year.start()):
            yield match
            position = match.end()
        position = max(position, year.start())


def _alone(markdown: str, at: int) -> bool:
    """Whether the line around ``at`` is short: a date line, not a sentence of the document."""
    start = markdown.rfind("\n", max(0, at - _SHORT), at) + 1
    end = markdown.find("\n", at, at + _SHORT)
    return (start > 0 or at < _SHORT) and (end >= 0 or len(markdown) - at < _SHORT) and at - start < 40


def _day(match: re.Match[str], *, month_first: bool) -> date | None:
    """The day of a match, or None for the 31st of February; ``month_first`` for what only slashes part."""
    if match["y1"]:
        parts = int(match["y1"]), int(match["m1"]), int(match["d1"])
    elif match["y2"]:
        parts = int(match["y2"]), _MONTH[match["m2"].lower()], int(match["d2"])
    elif match["y3"]:
        parts = int(match["y3"]), _MONTH[match["m3"].lower()], int(match["d3"])
    else:
        first, second = int(match["a4"]), int(match["b4"])
        month_first = month_first and match["sep"] == "/" and first <= 12
        parts = int(match["y4"]), *((first, second) if month_first else (second, first))
        if parts[1] > 12:
            parts = parts[0], parts[2], parts[1]
    try:
        return date(*parts)
    except ValueError:
        return None
