"""Numbers that bind: periods, ages, amounts, shares and dates, read off a passage as a reader sees it.

Numbers that only point somewhere (sections, laws, telephones, addresses, registers, versions) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from govdigest.changes.normal import DATE

_UNIT_WORDS = {
    "period": "second seconds minute minutes hour hours day days week weeks month months year years "
    "seconde secondes heure heures jour jours semaine semaines mois an ans année années "
    "sekunde sekunden minuten stunde stunden tag tage tagen woche wochen monat monate monaten jahr jahre jahren "
    "segundo segundos minuto minutos hora horas día días semana semanas mes meses año años "
    "giorno giorni settimane mese mesi anno anni dag dagen weken maand maanden jaar dia dias mês ano anos",
    "amount": "dollar dollars euro euros pound pounds usd eur gbp cents chf yen € £ ¥",
    "share": "percent % pourcent prozent",
}
_LENGTHS = {
    "second": "second seconds seconde secondes sekunde sekunden segundo segundos",
    "minute": "minute minutes minuten minuto minutos",
    "hour": "hour hours heure heures stunde stunden hora horas",
    "day": "day days jour jours tag tage tagen día días giorno giorni dag dagen dia dias",
    "week": "week weeks semaine semaines woche wochen semana semanas settimane weken",
    "month": "month months mois monat monate monaten mes meses mese mesi maand maanden mês",
    "year": "year years an ans année années jahr jahre jahren año años anno anni jaar ano anos",
}
_LENGTH_OF = {word: unit for unit, words in _LENGTHS.items() for word in words.split()}
_LONGER = {"hour": (24, "day"), "month": (12, "year")}
"""So many of a unit make one of the next: twelve months are a year."""
_CURRENCY = {
    **dict.fromkeys(("$", "usd", "dollar", "dollars"), "$"),
    **dict.fromkeys(("€", "eur", "euro", "euros"), "€"),
    **dict.fromkeys(("£", "gbp", "pound", "pounds"), "£"),
    **dict.fromkeys(("¥", "yen"), "¥"),
}
_TOLD = frozenset(
    [
        "million",
        "millions",
        "billion",
        "users",
        "members",
        "countries",
        "languages",
        "employees",
        "offices",
        "customers",
        "partners",
        "utilisateurs",
        "pays",
        "langues",
        "nutzer",
        "mitglieder",
        "länder",
        "sprachen",
        "usuarios",
        "países",
        "idiomas",
    ]
)
"""What is counted to tell how large a company is: it binds nobody."""
_WORKING = frozenset({"business", "working", "ouvrables", "ouvrés", "werktage", "werktagen", "hábiles", "laborables"})
_UNITS = {word: kind for kind, words in _UNIT_WORDS.items() for word in words.split()}
_PER_CENT = re.compile(r"(?<!\w)(?:per cent|por ciento|pour cent)(?!\w)")
_GLUED = re.compile(r"(?<!\S)(\d{1,4})(minutes?|hours?|days?|weeks?|months?|years?)(?!\w)")
"""A number without a space before its unit, as in '14day'."""
_COUNTED = (
    (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen "
        "eighteen nineteen"
    ),
    "- - deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    (
        "- - zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
        "achtzehn neunzehn"
    ),
    "- - dos tres cuatro cinco seis siete ocho nueve diez - doce trece catorce quince",
)
"""Numbers from nought up; 'un', 'ein' and 'once' are other words too."""
_TENS = (
    "twenty thirty forty fifty sixty seventy eighty ninety hundred",
    "vingt trente quarante cinquante soixante - - - cent",
    "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert",
    "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien",
)
_NUMBERS = {
    **{word: value for words in _COUNTED for value, word in enumerate(words.split()) if word != "-"},
    **{word: 20 + 10 * place for words in _TENS for place, word in enumerate(words.split()) if word != "-"},
    **{
        f"{one}und{ten}": 20 + 10 * place + value
        for place, ten in enumerate(_TENS[2].split()[:-1])
        for value, one in enumerate(["ein", *_COUNTED[2].split()[2:10]], start=1)
    },
}
_AGE = re.compile(
    r"(?<!\w)(?:age[ds]?|years? old|years? of age|older|over|under|younger|minors?|children|child|âge|ans"
    r"|alt|jährige?|edad|"
    r"menores|mayores)(?!\w)"
)
_AMBIGUOUS = {*"%$€£¥", "an", "mes", "second", "seconde", "segundo"}
"""Units that are other words too, and stand behind the number of a section."""
_POINTERS = re.compile(
    r"""(?<!\w)(?:
        (?:sections?|sect|sec|clauses?|articles?|paragraphs?|paras?|annex(?:es)?|schedules?|exhibits?|appendix|chapters?|
           parts?|steps?|items?|art|artikel|abschnitt|absatz|abs|ziffern?|anhang|artículos?|apartados?|cláusulas?|
           annexes?|alinéas?|version|v|page|figure|module|option|phase|tier|level|regulation|directive|rule|code|
           act|law|loi|décret|ley|gesetz|no|nr|n|número|numéro|title|chapter|§)\ ?
        (?:(?:eu|ec|ue|eg|usc|cfr|u\ s\ c|of)\ )?
        (?:[a-z]\ )?\d+[\w./]*(?:\ (?:\d{1,4}|[a-z](?=\ |$)|and\ \d+|to\ \d+|through\ \d+)){0,4}
      | [a-z]\ \d{1,3}(?=\ |$) | \d+[\w]*\ (?:u\ s\ c|usc|cfr|cal|f\ 3d)[\w ]{0,12}
      | (?:19|20)\d\d\ \d{2,4} | \d{2,4}\ (?:679|2065|1925|58|46)(?=\ |$)
      | (?:standard|iso|soc|pci|tls|aes|sha|ipv|mpeg|web|http|cookies|oauth)\ ?\d[\w]*(?:\ \d+)?
    )(?!\w)(?!\ (?:UNIT)(?!\w))""".replace("UNIT", "|".join(sorted(_UNITS.keys() - _AMBIGUOUS))),
    re.VERBOSE,
)
_TELEPHONE = re.compile(r"\+?\(?\d[\d\s().\-–/]{6,22}\d")
_ADDRESS = re.compile(
    r"""(?<!\w)(?:
        \d{1,6}[a-z]?\ (?:[\w']{1,20}\ ){0,3}
          (?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|parkway|plaza|square)
      | (?:suite|ste|floor|unit|p\ o\ box|po\ box|postfach|bp)\ \d{1,6}
      | \d{1,4}\ (?:bis\ |ter\ )?(?:rue|avenue|boulevard|bd|place|quai|chemin|allée|route|cours)
      | [\w]{0,30}(?:straße|strasse|platz|allee|gasse|weg)\ \d{1,4}
      | (?:calle|avenida|paseo|plaza|viale|piazza)\ (?:[\w']{1,20}\ ){1,4}\d{1,4}
      | cedex
    )(?!\w)""",
    re.VERBOSE,
)
_REGISTER = re.compile(
    r"(?<!\w)(?:(?:au )?capital(?: social)?|share capital|stammkapital|rcs|siren|siret|naf|ape|hrb"
    r"|handelsregister|amtsgericht|"
    r"registro mercantil|cif|nif|(?:vat|tva|ust|umsatzsteuer)(?: id)? (?:number|no|nr|id"
    r"|intracommunautaire)|company number|registered number|registration number|"
    r"company no|registered in|registered under|immatriculée?|inscrita|eingetragen|business number|dun|lei|duns)(?!\w)"
)
_CONTACT = re.compile(
    r"(?<!\w)(?:emailaddress|postaladdress"
    r"|(?:telephone|phone|tel|fax|call|hotline|téléphone|telefon|teléfono)(?: [\w']{1,20}){0,4}"
    r" \d{1,6}(?: \d{2,8}){1,6})(?!\w)"
)
_DATE = re.compile(rf"(?<![\w.]){DATE}(?!\w)")
_ENGLISH_MONTH = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
)
_MONTH_DAY = re.compile(
    r"(?<!\w)(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?may|may \d{1,2}(?:st|nd|rd|th)?|(?:in|since|until|during) may)(?!\w)"
)
_STAMPED = re.compile(
    r"(?:updated|modified|revised|effective|published|posted|version|dated|jour|modification|vigueur|stand|fassung|"
    r"aktualisiert|gültig|actualización|actualizado|vigente|copyright)(?: \w{1,6}){0,3} $"
)
_NUMBER = re.compile(r"(?<![\w.,])(?P<sign>[$€£¥₹] ?)?(?P<number>\d+(?:[.,]\d+)*)(?P<tail>(?:st|nd|rd|th)?)(?!\w)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that binds; ``kind`` is period, age, amount, share, date or number."""

    kind: str
    value: str
    words: str
    """As a reader would say it: '30 days', 'age 16', '$100'."""


_ANNOUNCES = re.compile(
    r"(?<!\w)(?:updat|chang|revis|amend|replac|introduc)\w* (?:to )?(?:our|these|this|the|its)\b[\w' ]{0,60}"
    r"(?:terms|policy|policies|notice|statement|agreement|conditions)\b[\w' ]{0,40}?"
    rf" (?:on|from|as of|effective|starting|beginning) (?P<day>{DATE})(?!\w)"
)


def announces(words: str) -> str:
    """The day on which ``words`` (normal form) say that the document will change, as it is written; else empty."""
    found = _ANNOUNCES.search(words) if len(words) < 2_000 else None
    return found["day"] if found else ""


def particulars(words: str) -> bool:
    """Whether ``words`` (normal form) give a company's address, register entry or means of contact."""
    return bool(_ADDRESS.search(words) or _REGISTER.search(words) or _CONTACT.search(words))


def other_length(differing: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]) -> tuple[str, str] | None:
    """The unit that stood, and the other that stands in its place, where no number does: 'a month' is no 'year'."""
    for gone, come in differing:
        units = [_LENGTH_OF.get(run[0]) for run in (gone, come) if len(run) == 1]
        if len(units) == 2 and None not in units and units[0] != units[1]:
            return gone[0], come[0]
    return None


def among_particulars(before: str, after: str, differing: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]) -> bool:
    """Whether both sides give particulars, and all that differs stands near them.

    A sentence may end with an address of mail, and say something else before.
    """
    if not particulars(before) or not particulars(after):
        return False
    if _REGISTER.search(before) and _REGISTER.search(after):
        return True
    near_before, near_after = _near(before), _near(after)
    return all(
        (not gone or f" {' '.join(gone)} " in near_before) and (not come or f" {' '.join(come)} " in near_after)
        for gone, come in differing
    )


def _near(words: str) -> str:
    """The stretches of ``words`` around its particulars."""
    tokens = words.split()
    kept: set[int] = set()
    for pattern in (_ADDRESS, _CONTACT, _POSTAL):
        for match in pattern.finditer(words):
            first = words.count(" ", 0, match.start())
            last = first + match[0].count(" ")
            kept.update(range(first - _BESIDE, last + _BESIDE + 1))
    return f" {' '.join(token if index in kept else '.' for index, token in enumerate(tokens))} "


_POSTAL = re.compile(r"(?<!\w)(?:attn|care of|c o|po box|p o box)(?!\w)")
_BESIDE = 10
"""Words around a company's particulars that are a part of them: its name, its city, who is written to."""


def without_pointers(words: str) -> str:
    """``words`` without numbers that only point: 'section 4.2', 'article 6', 'D.7'."""
    return " ".join(_POINTERS.sub(" ", words).split())


def without_dates(words: str) -> str:
    """``words`` without whole dates and months: the fifth of May permits nothing."""
    return _MONTH_DAY.sub(" ", _DATE.sub(" ", words)) if "may" in words or "mai" in words else words


def quantities(text: str, words: str) -> tuple[Quantity, ...]:
    """What binds in a passage, each once, in order; ``text`` without marks, ``words`` its normal form."""
    worded = not _NUMBERS.keys().isdisjoint(words.split())
    if not worded and not re.search(r"\d", words):
        return ()
    if " c" in words:
        words = _PER_CENT.sub("percent", words)
    found: dict[tuple[str, str], Quantity] = {}
    idle: set[str] = set()

    def put(kind: str, value: str, said: str) -> None:
        if kind not in idle:
            found.setdefault((kind, value), Quantity(kind, value, said))

    for match in _DATE.finditer(words):
        if not _STAMPED.search(words[: match.start()]):
            put("date", " ".join(sorted(match[0].split())), _dated(match[0]))
    words = _DATE.sub(" ", words)
    if _REGISTER.search(words):
        idle = {"number", "amount"}  # a company's capital and its numbers
    elif _ADDRESS.search(words):
        idle = {"number"}
    for telephone in _TELEPHONE.findall(text):
        digits = re.sub(r"\D", "", telephone)
        if len(digits) >= 7 and not re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d\d?)?", telephone):
            words = _remove_run(words, re.findall(r"\d+", telephone))
    words = without_pointers(words)
    if worded:
        words = _in_digits(words)
    words = _GLUED.sub(r"\1 \2", words)
    for match in _NUMBER.finditer(words):
        number, rest = match["number"], words[match.end() : match.end() + 40].split()
        sign = (match["sign"] or "").strip()
        lead = sign or _CURRENCY.get(words[: match.start()].rpartition(" ")[0].rpartition(" ")[2], "")
        if lead:
            put("amount", _CURRENCY.get(lead, lead) + _bare(number), f"{lead}{number}")
            continue
        unit = next((word for word in rest[:3] if word in _UNITS and (word != "an" or _years(number, rest))), "")
        kind = _UNITS.get(unit, "number")
        kind_of_day = next((f" {word}" for word in rest[:3] if word in _WORKING), "") if unit in _LENGTH_OF else ""
        said = f"{number}{'%' if unit == '%' else f'{kind_of_day} {unit}' if unit else ''}"
        near = words[max(0, match.start() - 30) : match.end() + 30]
        if kind == "number" and not _TOLD.isdisjoint(rest[:2]):
            continue
        if number.isdigit() and 6 <= int(number) <= 25 and kind in {"period", "number"} and _AGE.search(near):
            kind, said = "age", number
        if kind == "number" and (_points(words, match) or (len(number) == 4 and number[:2] in {"19", "20"})):
            continue
        put(kind, _canonical(kind, number, unit, rest), said)
    return tuple(found.values())


def _dated(words: str) -> str:
    """A date in the normal form as a reader writes it: '2026-02-28', 'February 28, 2026'."""
    words = re.sub(r"^(\d{4}) (\d\d) (\d\d)$", r"\1-\2-\3", words)
    words = re.sub(r"^([a-z]+ \d{1,2}) (\d{4})$", r"\1, \2", words)
    return _ENGLISH_MONTH.sub(lambda month: month[0].capitalize(), words)


def _bare(number: str) -> str:
    """``number`` without what parts its thousands."""
    return re.sub(r"[.,]", "", number) if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", number) else number


def _canonical(kind: str, number: str, unit: str, rest: list[str]) -> str:
    """A value as values are compared: '12 months' is '1 year', 'ten business days' are no 'ten days'."""
    number = _bare(number)
    if kind == "amount":
        return _CURRENCY.get(unit, unit) + number
    if kind != "period":
        return number
    length = _LENGTH_OF.get(unit, unit)
    working = "working " if _WORKING & set(rest[:3]) else ""
    if number.isdigit() and length == "week":
        number, length = str(7 * int(number)), "day"
    many, longer = _LONGER.get(length, (0, ""))
    if many and number.isdigit() and int(number) % many == 0:
        number, length = str(int(number) // many), longer
    return f"{number} {working}{length}"


def _points(words: str, match: re.Match[str]) -> bool:
    """A bare number that is a section's: dotted, or in a list behind the word 'sections'."""
    if re.fullmatch(r"\d{1,2}\.\d{1,2}", match["number"]):
        return True
    return bool(_SECTIONS.search(words[max(0, match.start() - 400) : match.start()]))


_SECTIONS = re.compile(r"(?<!\w)(?:sections|clauses|articles|sections?|abschnitte|artículos|secciones)(?!\w)")


def _years(number: str, rest: list[str]) -> bool:
    """Whether 'an' is the French for a year, right behind a number that years may have."""
    return rest[0] == "an" and number.isdigit() and int(number) < 100


def _in_digits(words: str) -> str:
    """``words`` with numbers in words in digits: 'thirty six months' is '36 months'.

    One counts only before a unit: 'one of us' is no number, and goes.
    """
    done: list[str] = []
    tokens = words.split()
    at = 0
    while at < len(tokens):
        value = _NUMBERS.get(tokens[at])
        if value is None:
            done.append(tokens[at])
            at += 1
            continue
        at += 1
        while at < len(tokens):
            step = 2 if tokens[at] in {"and", "et", "y"} and at + 1 < len(tokens) else 1
            grown = _counted_on(value, tokens[at + step - 1])
            if grown is None:
                break
            value, at = grown, at + step
        if any(word in _UNITS for word in tokens[at : at + 3]):
            done.append(str(value))
    return " ".join(done)


def _counted_on(value: int, word: str) -> int | None:
    """The number that ``word`` makes of ``value``: 'thirty' and 'six', 'quatre' and 'vingt'; None where it is anew."""
    if value == 4 and word in {"vingt", "vingts"}:
        return 80
    more = _NUMBERS.get(word)
    if more is None:
        return None
    if more == 100:
        return 100 * value if value < 10 else None
    if value >= 100 and value % 100 == 0:
        return value + more if 0 < more < 100 else None
    tens = value >= 20 and value % 10 == 0
    return value + more if tens and 0 < more < (20 if value in {60, 80} else 10) else None


def _remove_run(words: str, run: list[str]) -> str:
    pattern = r"(?<!\S)" + r"\s".join(re.escape(part) for part in run) + r"(?!\S)"
    return re.sub(pattern, " ", words)
