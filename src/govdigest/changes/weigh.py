"""The weight of a change of words: does it add or take away something that binds, and what, in plain words.

The rules look at one passage, or at a passage and what became of it. They do not rest on findings: a document
may change in what no provision asks about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz.distance import LCSseq

from govdigest.changes.lexicon import Concept, Sense, concepts
from govdigest.changes.quantities import Quantity, particulars, quantities, without_pointers
from govdigest.marks import plain


class Weight(IntEnum):
    """How much a change of words weighs."""

    NOTHING = 0
    """Labels, menus, prompts, references: nothing that the document says."""
    EDITORIAL = 1
    MATERIAL = 2


@dataclass(frozen=True, slots=True)
class Weighed:
    """The weight of one change, why, and how telling it is among others (higher first)."""

    weight: Weight
    reason: str = ""
    rank: int = 0


NOTHING = Weighed(Weight.NOTHING)
_SNIPPET = 140
_PROMPTS = re.compile(
    r"^(?:skip to|sign in|sign up|log in|log out|register|subscribe|search|menu|close|open|back to|read more|learn more|"
    r"see more|show more|view more|show all|expand|collapse|share|print|download|was this|did this|is this|accept all|"
    r"accept cookies|reject all|manage cookies|cookie (?:settings|preferences)|loading|please enable|enable javascript|"
    r"follow us|contact sales|get started|try |next|previous|table of contents|contents|on this page|in this article|"
    r"related articles|jump to|copy link|thank you for|thanks for your feedback|still need help|"
    r"se connecter|connexion|rechercher|fermer|en savoir plus|accepter|refuser|sommaire|retour|"
    r"anmelden|suche|menü|schließen|mehr erfahren|akzeptieren|ablehnen|inhalt|zurück|"
    r"iniciar sesión|buscar|cerrar|más información|aceptar|rechazar|índice|volver|"
    r"copyright|all rights reserved|tous droits réservés|alle rechte vorbehalten|todos los derechos)(?!\w)"
)
_LINK_ONLY = re.compile(r"^\s*(?:[-*+•|]\s*|\d{1,3}[.)]\s*)?\[[^\[\]]*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?\)[\s|.,;·]*$")
_STOP = frozenset(
    "a an the of to in on at by for from with and or as is are be been was were it its this that these those such other "
    "which who whom whose you your we our us they their them he she his her i me my if when where how what also including "
    "include includes example e.g eg etc i.e ie s t more than then there here into about over under between through "
    "le la les un une des du de d l et ou à au aux en dans sur pour par avec que qui ce cet cette ces vous votre vos nous "
    "notre nos il elle ils elles est sont être se sa son ses leur leurs "
    "der die das den dem des ein eine einer einem einen und oder zu zum zur von vom im in auf mit für bei nach sie ihre "
    "ihr ihren wir unser unsere uns es ist sind als auch sich "
    "el los las una unos unas y o del al con por para su sus usted nuestro nuestra nos es son lo".split()
)
_STATES = frozenset(
    {
        Sense.PERMISSION,
        Sense.OBLIGATION,
        Sense.PROMISE,
        Sense.NEGATION,
        Sense.RIGHT,
        Sense.WAIVER,
        Sense.PARTY,
        Sense.PURPOSE,
        Sense.DATA,
    }
)
_NOUNS = {"period": "period", "age": "age", "amount": "amount", "share": "share", "date": "date", "number": "number"}


def snippet(text: str, length: int = _SNIPPET) -> str:
    """``text`` in quotation marks, cut at a word."""
    text = " ".join(text.split())
    if len(text) > length:
        text = text[:length].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
    return f"“{text}”"


def weigh_alone(raw: str, words: str, *, added: bool, in_list: bool = False) -> Weighed:
    """The weight of a passage that came or went; ``words`` is its normal form, ``in_list``: it has a lead-in."""
    count = words.count(" ") + 1 if words else 0
    text = plain(raw)
    sentence = text.rstrip(" )”\"'»").endswith((".", "!", "?", ";", ":"))
    if not words or _PROMPTS.match(words):
        return NOTHING
    if raw.lstrip().startswith("#") or _LINK_ONLY.match(raw) or (count < 4 and not in_list):
        return NOTHING
    found = concepts(words)
    senses = {sense for sense, _ in found}
    bound = [quantity for quantity in quantities(text, words) if quantity.kind != "number"]
    force = senses & {Sense.PERMISSION, Sense.OBLIGATION, Sense.NEGATION, Sense.RIGHT, Sense.WAIVER}
    if particulars(words) and not force and count <= 40:
        return Weighed(Weight.EDITORIAL, _said(added, text), 1)
    if in_list and (count >= 2 or found):
        if senses & _STATES or bound:
            return Weighed(Weight.MATERIAL, _said(added, text), 5)
        return Weighed(Weight.EDITORIAL, _said(added, text), 2)
    if not sentence and count <= 8:
        return NOTHING if count <= 6 and not force else Weighed(Weight.EDITORIAL, _said(added, text), 1)
    if senses & _STATES or bound:
        rank = 4 + 2 * len(senses & {Sense.NEGATION, Sense.WAIVER, Sense.RIGHT, Sense.PERMISSION, Sense.OBLIGATION})
        rank += 2 * len([name for sense, name in found if sense in {Sense.PURPOSE, Sense.DATA, Sense.PARTY}][:3])
        return Weighed(Weight.MATERIAL, _said(added, text), min(rank, 16))
    return Weighed(Weight.EDITORIAL, _said(added, text), 1)


def _said(added: bool, text: str) -> str:
    return f"{'New' if added else 'No longer there'}: {snippet(text)}"


def runs(before: Sequence[str], after: Sequence[str]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Where two sequences of words differ: (words gone, words come) of each place."""
    found: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    gone: list[str] = []
    come: list[str] = []
    for op in LCSseq.opcodes(before, after):
        if op.tag == "equal":
            if gone or come:
                found.append((tuple(gone), tuple(come)))
                gone, come = [], []
            continue
        gone += before[op.src_start : op.src_end]
        come += after[op.dest_start : op.dest_end]
    if gone or come:
        found.append((tuple(gone), tuple(come)))
    return found


def weigh_pair(
    raw_before: str, raw_after: str, before: str, after: str, renamed: Mapping[tuple[str, ...], tuple[str, ...]]
) -> Weighed:
    """The weight of a rewording; ``before`` and ``after`` are normal forms, ``renamed`` runs of words that are names."""
    said_before, said_after = plain(raw_before), plain(raw_after)
    if _PROMPTS.match(before) and _PROMPTS.match(after):
        return NOTHING
    count = max(before.count(" "), after.count(" ")) + 1
    if (raw_before.lstrip().startswith("#") and raw_after.lstrip().startswith("#")) or (
        _LINK_ONLY.match(raw_before) and _LINK_ONLY.match(raw_after)
    ):
        return NOTHING
    differing = runs(before.split(), after.split())
    differing = [run for run in differing if renamed.get(run[0]) != run[1] or not run[0]]
    where = f" in {snippet(said_after, 110)}"
    numbers = _moved_numbers(quantities(said_before, before), quantities(said_after, after))
    if numbers:
        kind, old, new = numbers
        noun = _NOUNS[kind]
        if old and new:
            reason = f"The {noun} changed from {old} to {new}{where}"
        elif new:
            reason = f"A {noun} was added ({new}){where}"
        else:
            reason = f"A {noun} was removed ({old}) from {snippet(said_before, 110)}"
        return Weighed(Weight.MATERIAL, reason, 20 if kind in {"age", "period", "amount", "share"} else 12)
    if not differing:
        return Weighed(Weight.EDITORIAL, "A name was changed throughout", 0)
    if without_pointers(before) == without_pointers(after):
        return Weighed(Weight.EDITORIAL, f"A reference to another section changed{where}", 0)
    come, gone = _balance(differing)
    force = _moved_concepts(before, after, come, gone)
    if particulars(before) and particulars(after) and count <= 60 and not _forceful(force):
        return Weighed(Weight.EDITORIAL, f"Contact or company details changed{where}", 1)
    if force:
        return _told(force, said_before, said_after)
    names = _moved_names(said_before, said_after, differing)
    if names:
        return Weighed(Weight.MATERIAL, names + where, 11)
    if not ({w for w in come if w not in _STOP} or {w for w in gone if w not in _STOP}):
        return Weighed(Weight.EDITORIAL, f"Reworded: {snippet(said_after)}", 0)
    return Weighed(Weight.EDITORIAL, f"Reworded: {snippet(said_after)}", 1)


def _moved_numbers(before: Sequence[Quantity], after: Sequence[Quantity]) -> tuple[str, str, str] | None:
    """(kind, before, after) of the most telling number that moved."""
    gone = [q for q in before if all((q.kind, q.value) != (o.kind, o.value) for o in after)]
    come = [q for q in after if all((q.kind, q.value) != (o.kind, o.value) for o in before)]
    for kind in ("age", "period", "amount", "share", "date", "number"):
        old = [q.words for q in gone if q.kind == kind]
        new = [q.words for q in come if q.kind == kind]
        if (old and new) or (kind != "number" and (old or new)):
            return kind, ", ".join(old[:3]), ", ".join(new[:3])
    return None


def _balance(differing: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]) -> tuple[list[str], list[str]]:
    """Words that came and words that went, less those that only changed place."""
    come = [word for run in differing for word in run[1]]
    gone = [word for run in differing for word in run[0]]
    for word in list(come):
        if word in gone:
            gone.remove(word)
            come.remove(word)
    return come, gone


def _moved_concepts(
    before: str, after: str, come: Sequence[str], gone: Sequence[str]
) -> tuple[list[Concept], list[Concept]] | None:
    """(concepts added, concepts dropped); None where none moved. A modal alone that swaps for its like is none."""
    if not come and not gone:
        return None
    old, new = concepts(before), concepts(after)
    added = [concept for concept in new if concept not in old]
    dropped = [concept for concept in old if concept not in new]
    if not added and not dropped:
        return None
    senses_added, senses_dropped = {s for s, _ in added}, {s for s, _ in dropped}
    # 'we will notify' and 'we notify' say the same; 'we will' and 'we may' do not
    if Sense.PROMISE in senses_added | senses_dropped:
        other = {Sense.PERMISSION, Sense.OBLIGATION}
        if not (senses_added | senses_dropped) & other:
            added = [c for c in added if c[0] is not Sense.PROMISE]
            dropped = [c for c in dropped if c[0] is not Sense.PROMISE]
    return (added, dropped) if added or dropped else None


def _forceful(force: tuple[list[Concept], list[Concept]] | None) -> bool:
    """Whether concepts moved that a change of contact details would not move."""
    calm = {Sense.PLACE, Sense.PROMISE}
    return bool(force) and any(sense not in calm for side in force or () for sense, _ in side)


def _told(force: tuple[list[Concept], list[Concept]], before: str, after: str) -> Weighed:
    """The concepts that moved, in words."""
    added, dropped = force
    heavy = {Sense.NEGATION: 15, Sense.WAIVER: 14, Sense.RIGHT: 13, Sense.PURPOSE: 12, Sense.DATA: 12, Sense.PARTY: 12}
    order = sorted(
        [(heavy.get(sense, 9), True, sense, name) for sense, name in added]
        + [(heavy.get(sense, 9), False, sense, name) for sense, name in dropped],
        key=lambda item: -item[0],
    )
    parts: list[str] = []
    for _, is_new, sense, name in order[:2]:
        article = "an" if sense.value[0] in "aeiou" else "a"
        if sense is Sense.NEGATION:
            parts.append(f"now says ‘{name}’" if is_new else f"no longer says ‘{name}’")
        elif is_new:
            parts.append(f"adds {article} {sense.value} ({name})")
        else:
            parts.append(f"drops {article} {sense.value} ({name})")
    told = " and ".join(parts)
    shown = after if added else before
    lead = "Reworded" if added else "Reworded from"
    return Weighed(Weight.MATERIAL, f"{lead} {snippet(shown, 120)}: it {told}", order[0][0])


_NAME = re.compile(r"(?<![.!?:] )(?<!^)\b[A-ZÀ-Þ][\w’'&.-]*(?: (?:(?:of|and|de|du|for) )?[A-ZÀ-Þ0-9][\w’'&.-]*)*")


def _moved_names(before: str, after: str, differing: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]) -> str:
    """Names that were added to, or dropped from, an enumeration; in words, empty where none was."""
    if before.isupper() or after.isupper():
        return ""
    for gone, come in differing:
        run, text, told = (gone, before, "no longer names") if gone else (come, after, "now names")
        if gone and come:
            continue
        inner = " ".join(word for word in run if word not in {"and", "or", "the", "et", "ou", "und", "oder", "y", "o"})
        if not inner:
            continue
        for match in re.finditer(re.escape(inner), text, re.IGNORECASE):
            name = match[0]
            starts = match.start() == 0 or text[match.start() - 2 : match.start() - 1] in ".!?"
            if name[:1].isupper() and (" " in name or not starts) and _enumerated(text, match.start(), match.end()):
                return f"It {told} ‘{name}’"
    return ""


def _enumerated(text: str, start: int, end: int) -> bool:
    """Whether the name stands among others: a comma, 'and' or 'or' beside it."""
    left, right = text[max(0, start - 6) : start], text[end : end + 6]
    return bool(re.search(r"(?:,|;|\b(?:and|or|et|ou|und|oder|y|o))\s*$", left) or re.match(r"\s*(?:,|;|(?:and|or|et|ou|und|oder|y|o)\b)", right))


def renamings(pairs: Sequence[tuple[str, str, str, str]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Names that were replaced throughout; ``pairs`` are (text before, text after, normal form before, after).

    A name is a run of words that stood with a capital; a run that carries force of its own is none. It must have
    been replaced at least twice, and never be left standing in a reworded passage.
    """
    seen: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {}
    for said_before, said_after, before, after in pairs:
        for gone, come in runs(before.split(), after.split()):
            if gone and come and len(gone) <= 5 and len(come) <= 5 and _capital(gone, said_before) and _capital(come, said_after):
                seen[gone, come] = seen.get((gone, come), 0) + 1
    names: dict[tuple[str, ...], tuple[str, ...]] = {}
    afters = [f" {after} " for _, _, _, after in pairs]
    for (gone, come), times in sorted(seen.items(), key=lambda item: (-item[1], item[0])):
        force = {sense for sense, _ in concepts(" ".join(gone)) | concepts(" ".join(come))}
        forceful = force - {Sense.DATA, Sense.PURPOSE}
        left = sum(f" {' '.join(gone)} " in after for after in afters)
        if times >= 2 and not forceful and gone not in names and (left == 0 or set(gone) <= set(come)):
            names[gone] = come
    return names


def _capital(run: tuple[str, ...], text: str) -> bool:
    match = re.search(r"(?<!\w)" + r"\W{1,3}".join(re.escape(word) for word in run), text, re.IGNORECASE)
    return bool(match) and any(part[:1].isupper() for part in match[0].split()) and not any(word.isdigit() for word in run)
