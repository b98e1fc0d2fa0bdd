"""What may differ in a passage though it says the same: addresses, a link's words, a button's name, the day of issue.

Everything here looks at a reworded pair, and takes out of both sides what only says where, or how to get there.
"""

from __future__ import annotations

import re

from govdigest.changes.normal import DATE, normal_form

_DATE = re.compile(rf"(?<![\w.]){DATE}(?!\w)")
_DOCUMENT = re.compile(
    r"(?<!\w)(?:policy|policies|terms|notice|statement|agreement|conditions|document|page|version|guidelines|addendum|rules"
    r"|politique|cgu|cgv|charte|\w*bedingungen|\w*erklärung|\w*bestimmungen|\w*richtlinien?|agb|política|términos"
    r"|condiciones|aviso|effective date|last)(?!\w)"
)
_APPLIES = re.compile(
    r"(?<!\w)(?:effective|in effect|(?:in|into) force|appl(?:y|ies|icable)|updated?|revis\w+|modif\w+|amended|changed"
    r"|edited|published|version|valid|s'applique(?:nt)?|en vigueur|mises? à jour|gilt|gelten|gültig|stand|in kraft"
    r"|aktualisiert|geändert|aplican?|vigentes?|en vigor|actualiza\w+)(?!\w)"
)
_BINDS = re.compile(
    r"(?<!\w)(?:you|your|users|members|customers|accounts?|who|whose|if|collected|registered|purchase\w*|subscri\w+"
    r"|after|before|until|prior to|will|shall|changes?|new|upcoming|take effect|go into|vous|votre|vos|après|avant"
    r"|jusqu\w*|nouvelles?|sie|ihre?|dein\w*|dich|nach|vor|bis|neue\w*|wird|werden|usted|tras|antes|hasta|nuev\w+)(?!\w)"
)
_STAMP_WORDS = 34
"""Words of the longest sentence that is taken for one that only dates the document."""


def dates_itself(words: str) -> bool:
    """Whether a passage (normal form) says no more than since when, or of when, the document is."""
    if words.count(" ") >= _STAMP_WORDS or not ("20" in words or "19" in words) or not _DATE.search(words):
        return False
    rest = _DATE.sub(" ", words)
    if rest.startswith("effective date") and rest.count(" ") < 14:
        return True
    return bool(_DOCUMENT.search(rest) and _APPLIES.search(rest)) and not _BINDS.search(rest)


def without_day(words: str) -> str:
    """``words`` without whole dates."""
    return " ".join(_DATE.sub(" ", words).split())


_CUE = (
    r"(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|parkway|pkwy|plaza|square|drive|court|way|place|floor"
    r"|suite|ste|tower|house|building|bldg|yard|quay|exchange|box|office|rue|quai|bd|allée|chemin|[\w-]*straße"
    r"|[\w-]*strasse|[\w-]*platz|[\w-]*weg|[\w-]*gasse|via|viale|piazza|calle|paseo|avenida|plaza|cedex|wieder)"
)
_CERTAIN = (
    r"(?:[A-Z]{2}[ ,]{1,2}\d{5}(?:-\d{4})?|[A-Za-z]{1,2}\d[A-Za-z\d]?[ ]?\d[A-Za-z]{2}"
    r"|[A-Z]\d\d[ ]?[A-Z0-9]{4}|[A-Z]\d[A-Z][ ]?\d[A-Z]\d)(?![\w%])"
)
"""A code that only an address has: of the United States, the United Kingdom, Ireland, Canada."""
_POSTCODE = rf"(?:{_CERTAIN}|(?:\d{{5,6}}|(?!19|20)\d{{4}})(?![\w%]))"
_CAPITAL = r"(?:[A-ZÀ-Þ#][\w.’'&#/-]{0,30}|\d[\w/,-]{0,12}|of|the|de|du|des|la|le|rue|and|&|bis|ter|place|quai|[–-])"
_ADDRESS = re.compile(
    rf"""(?<![\w$€£.,])
    (?:(?:[A-ZÀ-Þ][\w’'-]{{1,20}}[ ]){{1,3}}(?:Tower|House|Floor|Building|Centre|Center|Exchange|Court),?[ ]){{0,3}}
    (?:(?:Office|Suite|Unit|Floor|P\.?[ ]?O\.?[ ]Box)[ ])?
    [#]?\d{{1,6}}[A-Za-z]?[,]?[ ]
    (?:{_CAPITAL}[,.]?[ ]){{0,14}}?
    {_POSTCODE}
    (?:,?[ ](?:[A-ZÀ-Þ][\w.’'-]{{1,20}}|of|\(?USA\)?)(?=[ ,.;:)]|$)){{0,4}}
  | (?<![\w$€£.,])[A-Z]{{2}}[ ]\d{{5}}(?:-\d{{4}})?(?![\w%])
    """,
    re.VERBOSE,
)
_STREET = re.compile(rf"(?<!\w){_CUE}(?!\w)", re.IGNORECASE)
_SURE = re.compile(_CERTAIN)
_SOME = re.compile(r"\d{4}|\d[A-Za-z]{2}\b")
_PLACE = " Postaladdress "


def without_addresses(said: str) -> str:
    """``said`` (as readers see it) with one word for every postal address."""
    if not _SOME.search(said):
        return said

    def masked(match: re.Match[str]) -> str:
        return _PLACE if _STREET.search(match[0]) or _SURE.search(match[0]) else match[0]

    return _ADDRESS.sub(masked, " ".join(said.split()))


_LINK = re.compile(r"\[((?:[^\[\]\n\\]|\\.){1,300})\]\(([^()\s]{1,1000}(?:\([^()\s]*\)[^()\s]*)?)\)")
_LABEL_WORDS = 12
_LABEL_BINDS = re.compile(r"\d|(?<!\w)(?:not|no|never|pas|nicht|kein\w*)(?!\w)", re.IGNORECASE)
_WEB = re.compile(r"(?:https?:|www\.)\S+$")


def relabelled(before: str, after: str) -> str:
    """``before`` (raw) with the words of its links as ``after`` has them, where the links lead to the same place."""
    old, new = list(_LINK.finditer(before)), list(_LINK.finditer(after))
    if not old or not new:
        return before
    labels: dict[str, str] = {}
    for link in new:
        labels.setdefault(_place(link[2]), link[1])
    in_order = len(old) == len(new)
    parts: list[str] = []
    done = 0
    for number, link in enumerate(old):
        label = labels.get(_place(link[2]))
        if label is None and in_order and _WEB.match(link[1]) and not _WEB.match(new[number][1]):
            label = new[number][1]  # an address that is written out is given a name
        if label is None or label == link[1] or not _free(label) or not _free(link[1]):
            continue
        parts += [before[done : link.start(1)], label]
        done = link.end(1)
    return "".join(parts) + before[done:] if parts else before


def _place(target: str) -> str:
    return target.partition("#")[0].rstrip("/").removeprefix("https://").removeprefix("http://") or target


def _free(label: str) -> bool:
    """Whether a link's words say no more than where it leads."""
    return label.count(" ") < _LABEL_WORDS and (bool(_WEB.match(label)) or not _LABEL_BINDS.search(label))


def only_links(raw: str) -> bool:
    """Whether a passage is links and hardly a word beside them, none that says what they are: a line of a menu."""
    rest, found = _LINK.subn(" ", raw)
    return found >= 2 and ":" not in rest and len(re.findall(r"[^\W\d_]{2,}", _RIGHTS.sub(" ", rest))) <= 3


_RIGHTS = re.compile(r"©[^©.|·]{0,60}|all rights reserved|tous droits réservés|alle rechte vorbehalten", re.IGNORECASE)
_PRESS = re.compile(
    r"(?<!\w)(?:click(?:ing)?|tap(?:ping)?|press(?:ing)?|select(?:ing)?|choos(?:e|ing)|open|cliqu\w+|appuy\w+|sélectionn\w+"
    r"|klick\w+|tipp\w+|wähl\w+|haga clic|pulse|seleccion\w+)(?!\w)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"«„‘]\s?([^“”\"«»„‘’]{1,40}?)\s?[”\"»“’]")


def without_controls(said: str, words: str) -> str:
    """``words`` (normal form of ``said``) without the names of buttons that it says to press."""
    if not _PRESS.search(said):
        return words
    framed = f" {words} "
    for label in _QUOTED.findall(said):
        key = normal_form(label)
        if key:
            framed = framed.replace(f" {key} ", " ")
    return " ".join(framed.split())


_COMPANY = re.compile(
    r"(?:(?:[A-ZÀ-Þ][\w.&’'-]{0,30},? ){1,5}?)(?:(?:International )?(?:Limited|Ltd|Inc|LLC|L\.L\.C|Corp|Corporation"
    r"|GmbH|SAS|SARL|SA|S\.A|BV|B\.V|PLC|AG|Pty|SE|UAB|Oy|AB)\b)"
)


def _companies(said: str) -> list[str]:
    return [" ".join(match[0].split()) for match in _COMPANY.finditer(said)]


def moved_company(before: str, after: str) -> str:
    """That one company stands where another stood, in words; empty where none does."""
    if before.isupper() or after.isupper():
        return ""
    gone = [name for name in _companies(before) if normal_form(name) not in normal_form(after)]
    come = [name for name in _companies(after) if normal_form(name) not in normal_form(before)]
    return f"Replaces ‘{gone[0]}’ with ‘{come[0]}’" if gone and come else ""
