"""What is left of a page's furniture once its text is written: labels of buttons, and titles of lists that are gone."""

from __future__ import annotations

import re

from govdigest.extract.actions import is_action, opens
from govdigest.extract.dates import is_date_line
from govdigest.extract.writing import Written
from govdigest.marks import plain

_CONTENTS = re.compile(
    r"(?:in this (?:article|section|document)|on this page|(?:table of )?contents|sommaire|table des matières|"
    r"sur cette page|"
    r"inhalt(?:sverzeichnis)?|auf dieser seite|contenidos?|índice|en esta página)\W*",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(
    r"(?:(?:was|is) this (?:(?:article|page|information|content) )?(?:helpful|useful)|did this answer your question|"
    r"did this (?:article|page) help(?: you)?|(?:do you )?have (?:more|other) questions\?.{0,30}|"
    r"(?:related|recommended|recently viewed) (?:articles?|posts?|pages|resources|reading|topics)|"
    r"you (?:may|might) also like|"
    r"share this(?: (?:page|article|post))?|like this|post navigation|leave a (?:reply|comment)|"
    r"(?:no|\d{1,4}) (?:comments?|responses?)(?: yet)?|"
    r"ces informations vous ont-elles été utiles|cet article vous a-t-il été utile|articles (?:connexes|associés)|"
    r"war (?:dieser artikel|diese seite) hilfreich|waren diese informationen hilfreich|verwandte (?:artikel|"
    r"beiträge)|ähnliche (?:artikel|beiträge)|"
    r"¿?(?:te|le) (?:ha resultado|resultó) útil (?:este artículo|esta página|esta información)|"
    r"artículos (?:relacionados|recomendados))\W*",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"(?:(?:last )?(?:updated?|modified|edited|published|posted|created)\W{0,3})?(?:(?:over|about|almost|more than) )?"
    r"(?:an?|\d{1,3}) (?:second|minute|hour|day|week|month|year)s? ago|"
    r"(?:(?:dernière )?(?:mise à jour|modification|mis à jour|modifié|publié)\W{0,3})?il y a (?:plus d['’e] ?)?"
    r"(?:une?|\d{1,3}) (?:seconde|minute|heure|jour|semaine|mois|an|année)s?|"
    r"(?:(?:zuletzt )?(?:aktualisiert|geändert|bearbeitet|veröffentlicht)\W{0,3})?vor (?:über |etwa |mehr als )?"
    r"(?:eine[mnr]?|\d{1,3}) (?:sekunden?|minuten?|stunden?|tag(?:en)?|wochen?|monat(?:en)?|jahr(?:en)?)|"
    r"(?:(?:última )?(?:actualización|modificación|actualizado|modificado|publicado)\W{0,3})?hace (?:más de )?"
    r"(?:una?|\d{1,3}) (?:segundo|minuto|hora|día|semana|mes|año)(?:e?s)?",
    re.IGNORECASE,
)
"""When the page was last touched, counted from the day of the reading: each day says otherwise of the same text."""
_HINTS = re.compile(
    r"(?:\W*(?:opens? (?:in )?(?:an? )?(?:new|external|other) (?:tab|window|site)|opens? an? footnote|external link|"
    r"s['’]ouvre dans (?:un nouvel onglet|une nouvelle fenêtre)|ouvre une note|lien externe|"
    r"(?:öffnet|wird) (?:sich )?in (?:einem )?neue[mn] (?:tab|fenster)(?: geöffnet)?|externer link|"
    r"se abre en (?:una )?(?:nueva )?(?:pestaña|ventana)(?: nueva)?|enlace externo)){1,4}\W*",
    re.IGNORECASE,
)
_TRAIL = re.compile(r"\s*\\?[>/»›→|·][^.!?]{0,80}")
_TRAIL_WORDS = 8
_ONLY_LINK = re.compile(r"\[[^\[\]\n]{1,60}\]\([^()\s]{1,1000}\)")
_SENTENCE = re.compile(r"\w[^.!?\n]{40,}[.!?]")
_LABEL_WORDS = 4
_HEADING_WORDS = 10
_LONGEST, _SPACES = 400, 10
"""Characters, with a link's address, and spaces that what a button says can have."""
_HEAD = 8
"""Blocks among which a document's title is looked for."""
_TAIL = 25
"""Blocks at the end among which what comes after a document may begin."""


def tidy_blocks(blocks: list[Written]) -> list[Written]:
    """The blocks without what is no text of the document."""
    last = len(blocks) - _TAIL
    kept = [
        block
        for index, block in enumerate(blocks)
        if block.kind != "p"
        or not (_is_button(block.text) or ((index < _HEAD or index >= last) and _is_idle(block.text)))
    ]
    kept = _before(_after(kept))
    out: list[Written] = []
    for index, block in enumerate(kept):
        if block.kind in {"h", "p"} and len(block.text) < 60 and _CONTENTS.fullmatch(plain(block.text)):
            following = kept[index + 1] if index + 1 < len(kept) else None
            if following is None or following.kind == "h" or _SENTENCE.search(following.text):
                continue
            if following.kind == "p" and is_date_line(following.text):
                continue
        out.append(block)
    while out and out[-1].kind == "rule":
        out.pop()
    return out


def _is_button(text: str) -> bool:
    """Whether a paragraph is what a button says; in bold it may be the title of what follows."""
    if len(text) > _LONGEST or text.count(" ") > _SPACES or "\n" in text:
        return False
    words = plain(text)
    if text.startswith(("**", "__")):
        return opens(words)
    return is_action(words) or _HINTS.fullmatch(words) is not None


def _is_idle(text: str) -> bool:
    """Whether a paragraph at either end of the page says nothing, or only how long ago the page was touched."""
    if len(text) > _LONGEST or text.count(" ") > _SPACES:
        return False
    words = plain(text)
    return _AGO.fullmatch(words.strip(" .·|")) is not None or not any(map(str.isalnum, words))


def _after(blocks: list[Written]) -> list[Written]:
    """The blocks up to where the page asks about itself or points to others."""
    for index in range(max(0, len(blocks) - _TAIL), len(blocks)):
        block = blocks[index]
        if len(block.text) < 120 and block.kind in {"h", "p"} and _AFTERWARDS.fullmatch(plain(block.text)):
            rest = blocks[index + 1 :]
            if not any(_SENTENCE.search(other.text) for other in rest if other.kind in {"p", "table"}):
                return blocks[:index]
    return blocks


def _before(blocks: list[Written]) -> list[Written]:
    """The blocks without the links and labels that stand before a title."""
    titles = [index for index, block in enumerate(blocks) if block.kind == "h" and block.text.startswith("# ")]
    titled = len(titles) == 1 and titles[0] < _HEAD
    first = titles[0] if titled else next((at for at, block in enumerate(blocks[:_HEAD]) if block.kind == "h"), 0)
    if any(_SENTENCE.search(block.text) for block in blocks[:first]):
        return blocks
    above = [block for block in blocks[:first] if not (_is_link_only(block) or _is_trail(block))]
    return [block for block in above if not (titled and _is_label(block))] + blocks[first:]


def _is_label(block: Written) -> bool:
    """Whether a block names a site or a part of it, and no date or number of a document."""
    most = _HEADING_WORDS if block.kind == "h" else _LABEL_WORDS if block.kind == "p" else 0
    return len(block.text.split()) <= most and not any(character.isdigit() for character in block.text)


def _is_trail(block: Written) -> bool:
    """Whether a block is the trail of links that leads to the page: 'Home > Legal > Privacy'."""
    rest, links = _ONLY_LINK.subn("", block.text)
    return links > 0 and "\n" not in rest and _TRAIL.fullmatch(rest) is not None and len(rest.split()) <= _TRAIL_WORDS


def _is_link_only(block: Written) -> bool:
    lines = [re.sub(r"^[ ]*(?:[-*]|\d{1,9}[.)])[ ]+", "", line) for line in block.text.split("\n")]
    return all(_ONLY_LINK.fullmatch(line.strip().strip("\\")) or not line.strip() for line in lines)
