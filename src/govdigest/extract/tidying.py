"""What is left of a page's furniture once its text is written: labels of buttons, and titles of lists that are gone."""

from __future__ import annotations

import re

from govdigest.extract.chrome import is_action
from govdigest.extract.writing import Written
from govdigest.marks import plain

_CONTENTS = re.compile(
    r"(?:in this (?:article|section|document)|on this page|(?:table of )?contents|sommaire|table des matières|"
    r"sur cette page|"
    r"inhalt(?:sverzeichnis)?|auf dieser seite|contenidos?|índice|en esta página)\W*",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(
    r"(?:(?:was|is) this (?:article|page|information|content) (?:helpful|useful)|did this answer your question|"
    r"(?:related|recommended) (?:articles?|posts?|resources|reading|topics)|you (?:may|might) also like|"
    r"share this (?:page|article|post)|"
    r"ces informations vous ont-elles été utiles|cet article vous a-t-il été utile|articles (?:connexes|associés)|"
    r"war (?:dieser artikel|diese seite) hilfreich|waren diese informationen hilfreich|verwandte (?:artikel|"
    r"beiträge)|ähnliche (?:artikel|beiträge)|"
    r"¿?(?:te|le) (?:ha resultado|resultó) útil (?:este artículo|esta página|esta información)|"
    r"artículos (?:relacionados|recomendados))\W*",
    re.IGNORECASE,
)
_ONLY_LINK = re.compile(r"\[[^\[\]\n]{1,60}\]\([^()\s]{1,1000}\)")
_SENTENCE = re.compile(r"\w[^.!?\n]{40,}[.!?]")
_ACTION_WORDS = 8
_TAIL = 25
"""Blocks at the end among which what comes after a document may begin."""


def tidy_blocks(blocks: list[Written]) -> list[Written]:
    """The blocks without what is no text of the document."""
    kept = [block for block in blocks if not (block.kind == "p" and _is_button(block.text))]
    kept = _before(_after(kept))
    out: list[Written] = []
    for index, block in enumerate(kept):
        if block.kind in {"h", "p"} and len(block.text) < 60 and _CONTENTS.fullmatch(plain(block.text)):
            following = kept[index + 1] if index + 1 < len(kept) else None
            if following is None or following.kind == "h" or _SENTENCE.search(following.text):
                continue
        out.append(block)
    while out and out[-1].kind == "rule":
        out.pop()
    return out


def _is_button(text: str) -> bool:
    if len(text) > 80 or "\n" in text:
        return False
    words = plain(text)
    if is_action(words) or words.lower() in {"back to top", "nach oben", "haut de page", "volver arriba"}:
        return not _ONLY_LINK.fullmatch(text) or len(words.split()) <= _ACTION_WORDS
    return False


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
    """The blocks without the links that stand before a title."""
    first = next((index for index, block in enumerate(blocks[:8]) if block.kind == "h"), 0)
    if any(_SENTENCE.search(block.text) for block in blocks[:first]):
        return blocks
    return [block for block in blocks[:first] if not _is_link_only(block)] + blocks[first:]


def _is_link_only(block: Written) -> bool:
    lines = [re.sub(r"^[ ]*(?:[-*]|\d{1,9}[.)])[ ]+", "", line) for line in block.text.split("\n")]
    return all(_ONLY_LINK.fullmatch(line.strip().strip("\\")) or not line.strip() for line in lines)
