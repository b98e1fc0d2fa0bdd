"""Values that are read off a passage: durations, amounts, places, ages; and their normal forms for comparing.

Each type is one regular expression without nested repetition, run on the passage as written.
"""

from __future__ import annotations

import re

_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_NAMES = {**_ONES, **_TENS, "hundred": 100, "a": 1, "an": 1}
_NUMBER = (
    r"(?:\d{1,4}(?:[.,]\d{1,3})?|(?:(?:one|a)[ -])?hundred(?:[ -]and[ -](?:twenty|eighty))?(?:[ -](?:twenty|eighty))?"
    rf"|(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(list(_ONES)[:9])}))?|{'|'.join(sorted(_ONES, key=len, reverse=True))})"
)
_UNIT = (
    r"(?:(?:business|working|calendar|consecutive|full|additional)[ -]){0,2}"
    r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|billing (?:cycles?|periods?))"
)
_DURATION = (
    rf"(?:(?<![\w.,$€£]){_NUMBER}(?: ?\( ?{_NUMBER} ?\))?[ -]{{0,2}}{_UNIT}(?!\w)"
    r"|(?<=(?:in|or|of|er|to) )a (?:full |calendar |further )?(?:year|month|week)(?![\w'’]))"
)
"""'A year' only after 'within', 'for', 'a period of', 'after', 'up to': 'once a year' is no duration."""

_MONEY = (
    r"(?:(?:(?:US|U\.S\.|CA|CAD|AU|AUD|NZ|HK|SG?|[CAR]|NT|USD|EUR|GBP) ?)?[$€£¥₹] ?\d[\d.,]{0,14}(?<![.,])"
    r"(?: (?:million|billion))?(?: (?:USD|EUR|GBP|CAD|AUD|U\.?S\.? dollars|US dollars|dollars))?"
    r"|(?<!\w)(?:USD|EUR|GBP|CHF|CAD|AUD|SGD|NZD|HKD|JPY|INR|SEK|NOK|DKK|PLN|BRL|MXN|ZAR|KRW|CNY|RMB|Rs\.?) ?"
    r"\d[\d.,]{0,14}(?<![.,])"
    r"|(?<!\w)\d[\d.,]{0,14} ?(?:USD|EUR|GBP|CHF|(?:US |U\.S\. )?dollars|euros?|pounds(?: sterling)?)(?!\w)"
    r"|(?<!\w)(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|hundred|thousand)[ -]){1,4}"
    r"(?:\(\d[\d.,]{0,14}\) )?(?:US |U\.S\. |United States )?(?:dollars|euros?|pounds)(?: ?\([^()]{1,24}\))?)"
)
_TAIL = r"(?:(?!\b(?:except|unless|provided that|nothing in|in no event)\b)[^;:]){0,330}"
_PAID = (
    r"(?:(?:\d{1,3} ?(?:%|percent|per cent)(?: \(\d{1,3} ?%\))? of|twice|(?:two|three|\d) times) )?"
    r"(?:(?:the|any) )?(?:(?:total|sum) of (?:all )?(?:the )?)?"
    r"(?:(?:total|aggregate|actual|last|membership|subscription|service|annual|net|sum of) ){0,3}"
    r"(?:amounts?|fees?|sums?|price|charges|payments?|remuneration|consideration)\b[^.;:]{0,90}?"
    r"\b(?:paid|payable|pay|received|payments?|owed|due|invoiced|collected)\b"
)
_RATE = (
    r"(?:\d{1,3} ?(?:%|percent|per cent)(?: \(\d{1,3} ?%\))? of (?:the |its |your )?(?:[\w'’-]+ ){0,4}"
    r"|(?:(?:twice|double|(?:two|three|\d) times) )?(?:the |your |one )?(?:average )?"
    r"(?:annual|monthly|yearly|quarterly)(?: [\w'’-]+){0,2} )"
    r"(?:fees?|price|charges|remuneration|subscription)\b"
)
"""A fee that is named by how often it falls due: '100% of the annual fee'."""
_AMOUNT = (
    r"(?:(?:the )?(?:greater|larger|higher|lesser|lower|maximum) of:?[^;:]{2,400}(?:; ?(?:or|and) [^;:]{2,200})?"
    rf"|{_PAID}{_TAIL}"
    rf"|{_RATE}"
    rf"|{_MONEY}(?:,? or,? {_TAIL})?)"
)

_NAME = r"[A-Z][\w.'’-]{0,24}"
_PLACE = (
    rf"(?!(?i:the )?(?i:laws?|courts?|terms|agreements?|compan(?:y|ies)|customers?|users?|part(?:y|ies)|services?)\b)"
    r"(?!The\b(?! [A-Z])|(?:These|This|Any|All|You|Your|We|Our|In|It|If|For|To|By|Such|Each|Except|Unless|Where|No)\b)"
    rf"(?:(?:the )?(?:(?:[Ss]tate|STATE|Commonwealth|Republic|Province|Canton|Kingdom|County|City|CITY|COUNTY)"
    rf"(?: and (?:County|COUNTY))? (?:of|OF) (?:the )?)?(?:the )?{_NAME}"
    rf"(?: (?:(?:of|and|or|OF|AND|&) (?:the )?)?{_NAME}){{0,5}}"
    rf"(?:, (?:(?:with)?in )?(?:the )?(?:[Ss]tate of )?{_NAME}(?: {_NAME}){{0,3}}){{0,2}})"
)

TYPES: dict[str, str] = {
    "duration": rf"(?i:{_DURATION})",
    "amount": rf"(?i:{_AMOUNT})",
    "money": rf"(?i:{_MONEY})",
    "place": _PLACE,
    "jurisdiction": _PLACE,
    "age": (
        r"(?<![\w.,$€£])"
        r"(?:1\d|2[0-5]|(?i:thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|twenty-one))(?![\w%]|[.,]\d)"
    ),
    "number": r"(?<![\w.,$€£])\d{1,9}(?:[.,]\d{3})?(?!\w)",
    "list": r"(?!)",
}
"""Name of a type to the expression that reads it off a passage, in its own case. A list has patterns of its own."""

ANCHORS: dict[str, tuple[str, ...]] = {
    "duration": tuple(
        f"{unit}{ending}"
        for unit in ("second", "minute", "hour", "day", "week", "month", "year", "cycle", "period")
        for ending in ("", "s")
    )
}
"""Name of a type to the words of which one stands in every value, where there are such words."""
_PEOPLE = re.compile(r" and (?:\w+(?:ish|ian|ese)|French|Dutch|German|American)$")
"""In 'the courts of Ireland and Irish law', the place ends before the people."""
_NO_PLACE = re.compile(
    r"\b(?:laws|terms|conditions|rules|agreements?|dpa|addendum|polic(?:y|ies)|claims?|disputes?|clauses?|contracts?"
    r"|part(?:y|ies)|services?|sections?|articles?|regulations?|gdpr|convention|arbitration|arbitrators?|proceedings?"
    r"|members?|customers?|users?|licen[cs]es?|warrant(?:y|ies)|damages?|documents?|notices?|hr[ab])\b",
    re.IGNORECASE,
)
"""What stands in capitals in contracts and is no place: 'the Governing Laws', 'the Purchase Terms'."""
_BRACKETED = re.compile(r"\s*\([^()]*\)")
_ANYHOW = re.IGNORECASE | re.DOTALL
_GIVING_RISE = re.compile(
    r"(?:(?<=\bmonths)|(?<=\byear)|(?<=\bmonths\)))(?: (?:for|to access|to use)\b.*)$", re.IGNORECASE | re.DOTALL
)


def trimmed(value: str, type_name: str) -> str:
    """``value`` without what a pattern could not know to leave out: closing marks, an aside at the end."""
    value = value.strip().rstrip(" .,;:\"'”’*_")
    if type_name == "age":
        return normal_value(value, type_name)
    if type_name == "amount":
        value = re.sub(r"\s*\((?:or|and) [^()]*\)?$", "", value, flags=re.IGNORECASE)
        value = _GIVING_RISE.sub("", value)
        value = re.sub(
            r"(?:(?<!\bU\.S)[.] [A-Z]|(?<=\d)[.][A-Z]{2}|, (?i:regardless of|irrespective of|notwithstanding)\b).*$",
            "",
            value,
            flags=re.DOTALL,
        )
        value = re.sub(
            r",? and (?:\(\w{1,3}\) )?[^,;]{1,40} (?:will|shall) not be liable\b.*$", "", value, flags=_ANYHOW
        )
        if re.match(r"(?:the )?(?:greater|higher|larger|lesser|lower) of", value, re.IGNORECASE):
            value = re.sub(r",? whichever .{0,40}$", "", value, flags=re.IGNORECASE)
    if type_name in {"place", "jurisdiction"}:
        value = re.sub(r"(?<=[a-z]{3})[.] .*$", "", value, flags=re.DOTALL)
        value = _PEOPLE.sub("", value)
        if _NO_PLACE.search(value):
            return ""
    if value.count("(") < value.count(")"):
        value = value.rstrip(")")
    return value.strip()


def normal_value(value: str, type_name: str) -> str:
    """``value`` in the form in which two documents are compared: 'thirty (30) days' becomes '30 days'.

    Amounts and ages become figures; a place loses 'the State of'; anything else is folded to lower case.
    """
    folded = re.sub(r"\s+", " ", value.replace("’", "'")).strip()
    if type_name == "duration":
        return _normal_duration(folded)
    if type_name == "age":
        return str(_figure(folded.lower()) or folded)
    if type_name in {"place", "jurisdiction"}:
        folded = re.sub(
            r"^(?:the )?(?:laws? of )?(?:the )?(?:state|republic|commonwealth|province) of ",
            "",
            folded,
            flags=re.IGNORECASE,
        )
        return re.sub(r" law$", "", folded).removeprefix("the ")
    if type_name in {"amount", "money"}:
        figures = [_sum(found) for found in re.findall(r"[$€£¥] ?\d[\d.,]*\d|[$€£¥] ?\d", folded)]
        return " or ".join(dict.fromkeys(figures)) if figures and len(folded) < 60 else folded.lower()
    return folded.lower()


def _normal_duration(value: str) -> str:
    lower = value.lower()
    match = re.search(rf"{_NUMBER}", lower)
    unit = re.search(r"(second|minute|hour|day|week|month|year|billing cycle|billing period)s?\b", lower)
    if unit is not None and re.match(r"an? ", lower):
        return f"1 {unit.group(1)}"
    if match is None or unit is None:
        return lower
    figure = _figure(match.group())
    if figure is None:
        return lower
    kind = "business " if re.search(r"\b(?:business|working)\b", lower) else ""
    return f"{figure} {kind}{unit.group(1)}{'' if figure == 1 else 's'}"


def _figure(words: str) -> int | None:
    if re.fullmatch(r"\d{1,9}", words):
        return int(words)
    total = 0
    for word in re.split(r"[ -]", _BRACKETED.sub("", words)):
        if word == "and":
            continue
        if word not in _NAMES:
            return None
        total = total * 100 if word == "hundred" and total else total + _NAMES[word]
    return total or None


def _sum(money: str) -> str:
    symbol, figures = money[0], money[1:].strip()
    figures = re.sub(r"[.,]00$", "", figures).replace(",", "")
    return symbol + figures
