"""The weight of a change of words: does it add or take away something that binds, and what, in plain words.

The rules look at one passage, or at a passage and what became of it. They do not rest on findings: a document
may change in what no provision asks about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from govdigest.changes.details import (
    dates_itself,
    moved_company,
    only_links,
    relabelled,
    without_addresses,
    without_controls,
    without_day,
)
from govdigest.changes.labels import HEADED, IDLE, IDLE_HINTS, INTRODUCES, LINK_ONLY, POINTER, PROMPT, is_label
from govdigest.changes.lexicon import WEAK, Concept, Sense, concepts, is_small
from govdigest.changes.names import (
    LAWS,
    called,
    moved_entries,
    moved_items,
    moved_names,
    named,
    other_law,
    renamed_words,
    respelt,
    runs,
)
from govdigest.changes.normal import normal_form
from govdigest.changes.quantities import (
    Quantity,
    among_particulars,
    announces,
    other_length,
    particulars,
    quantities,
    without_dates,
    without_pointers,
)
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


_Run = tuple[tuple[str, ...], tuple[str, ...]]
"""Words that went and words that came, at one place."""
NOTHING = Weighed(Weight.NOTHING)
_SNIPPET = 140
_NAMES = 11
"""How telling a name is that came or went among others; what only permits or promises is less."""
_LONG = 80
"""Words from which a bare number in a passage is more likely a section's than one that binds."""
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


def weigh_alone(
    raw: str, words: str, *, added: bool, in_list: bool = False, heading: bool = False, parties: bool = False
) -> Weighed:
    """The weight of a passage that came or went; ``words`` is its normal form, ``in_list``: it has a lead-in.

    ``parties``: it is an entry of a list that names others who receive data.
    """
    count = words.count(" ") + 1 if words else 0
    sentence = raw.rstrip(" )”\"'»*_\\|").endswith((".", "!", "?", ";", ":"))
    if not words or PROMPT.match(words):
        return NOTHING
    if count >= 6 and len(set(words.split())) <= 3:
        return NOTHING  # a string that a page measures its letters with
    if parties and in_list and named(plain(raw)):
        return Weighed(Weight.MATERIAL, _said(added, raw), 11)
    if LINK_ONLY.match(raw) or (count < 4 and not in_list) or ("](" in raw and only_links(raw)) or dates_itself(words):
        return NOTHING
    found = concepts(_stated(words))
    senses = {sense for sense, _ in found}
    if heading and Sense.NEGATION not in senses and not HEADED.match(words):
        return NOTHING  # what stands below it is weighed by itself
    bound = [quantity for quantity in quantities(raw, words) if quantity.kind != "number"]
    force = senses & {Sense.PERMISSION, Sense.OBLIGATION, Sense.NEGATION, Sense.RIGHT, Sense.WAIVER}
    points = count <= 40 and bool(POINTER.match(words) or INTRODUCES.match(words))
    if points and not bound and not senses & {Sense.NEGATION, Sense.RIGHT} and not _uses(found):
        return Weighed(Weight.EDITORIAL, _said(added, raw), 1)
    if particulars(words) and not force and count <= 40:
        return Weighed(Weight.EDITORIAL, _said(added, raw), 1)
    if in_list and (count >= 2 or found):
        if senses & _STATES or bound:
            return Weighed(Weight.MATERIAL, _said(added, raw), 11 if named(raw) else 5)
        return Weighed(Weight.EDITORIAL, _said(added, raw), 2)
    if not (sentence or heading) and count <= 8:
        return NOTHING if count <= 6 and not force else Weighed(Weight.EDITORIAL, _said(added, raw), 1)
    if announces(words):
        return Weighed(Weight.MATERIAL, _said(added, raw), 18 if added else 4)
    if senses & _STATES or bound:
        senses = {sense for sense, name in found if (sense, name) not in WEAK}
        rank = 4 + 2 * len(senses & {Sense.NEGATION, Sense.WAIVER, Sense.RIGHT, Sense.PERMISSION, Sense.OBLIGATION})
        rank += 2 * len([name for sense, name in found if sense in {Sense.PURPOSE, Sense.DATA, Sense.PARTY}][:3])
        return Weighed(Weight.MATERIAL, _said(added, raw), min(rank, 16))
    return Weighed(Weight.EDITORIAL, _said(added, raw), 1)


def _uses(found: Mapping[Concept, int]) -> bool:
    """Whether the sentence says what is done with whose data: more than a pointer."""
    return any(
        (Sense.PURPOSE, name) in found for name in ("sale", "advertising", "training AI", "retention", "tracking")
    )


def _said(added: bool, raw: str) -> str:
    # a reason quotes the beginning: the rest of a long passage need not be read
    return f"{'New' if added else 'No longer there'}: {snippet(plain(raw[: 8 * _SNIPPET]))}"


def weigh_pair(
    raw_before: str,
    raw_after: str,
    before: str,
    after: str,
    renamed: Mapping[tuple[str, ...], tuple[str, ...]],
    *,
    heading: bool = False,
    parties: bool = False,
    listed: bool = False,
    said: tuple[str, str] | None = None,
) -> Weighed:
    """The weight of a rewording.

    ``before`` and ``after`` are normal forms, ``renamed`` runs of words that are names; ``parties``: it is an entry
    of a list that names others who receive data, ``listed``: an entry of any list or table,
    ``said``: both as readers see them, where that is known.
    """
    said = said or (plain(raw_before), plain(raw_after))
    weighed = _weigh_pair(raw_before, raw_after, before, after, renamed, parties, listed, *said)
    if heading and not HEADED.match(after):
        turned = any(sense is Sense.NEGATION for sense, _ in _differing_concepts(before, after))
        return weighed if turned else NOTHING
    return weighed


def _weigh_pair(
    raw_before: str,
    raw_after: str,
    before: str,
    after: str,
    renamed: Mapping[tuple[str, ...], tuple[str, ...]],
    parties: bool,
    listed: bool,
    said_before: str,
    said_after: str,
) -> Weighed:
    if PROMPT.match(before) and PROMPT.match(after):
        return NOTHING
    count = max(before.count(" "), after.count(" ")) + 1
    if LINK_ONLY.match(raw_before) and LINK_ONLY.match(raw_after):
        return NOTHING
    if "](" in raw_before and "](" in raw_after:
        if only_links(raw_before) and only_links(raw_after):
            return NOTHING
        named_anew = relabelled(raw_before, raw_after)
        if named_anew != raw_before:
            raw_before, before, said_before = named_anew, normal_form(named_anew), plain(named_anew)
            if before == after:
                return NOTHING
    shown_before, shown_after = said_before, said_after
    masked = without_addresses(said_before), without_addresses(said_after)
    if masked != (said_before, said_after):
        words = normal_form(masked[0]), normal_form(masked[1])
        if words[0] == words[1]:
            return Weighed(Weight.EDITORIAL, f"Contact or company details changed in {snippet(said_after, 110)}", 1)
        (said_before, said_after), (before, after) = masked, words
    differing = runs(before.split(), after.split())
    differing = [run for run in differing if renamed.get(run[0]) != run[1] or not run[0]]
    where = f" in {snippet(shown_after, 110)}"
    numbers = _moved_numbers(quantities(said_before, before), quantities(said_after, after))
    if numbers and numbers[0] == "number" and count > _LONG:
        numbers = None
    if numbers:
        kind, old, new = numbers
        if (
            kind == "date"
            and dates_itself(after)
            and _renumbered(without_day(before)) == _renumbered(without_day(after))
        ):
            return NOTHING
        noun = _NOUNS[kind]
        if old and new:
            reason = f"The {noun} changed from {old} to {new}{where}"
        elif new:
            reason = f"{_an(noun)} was added ({new}){where}"
        else:
            reason = f"{_an(noun)} was removed ({old}) from {snippet(shown_before, 110)}"
        return Weighed(Weight.MATERIAL, reason, 20 if kind in {"age", "period", "amount", "share"} else 12)
    if not differing:
        return Weighed(Weight.EDITORIAL, renamed_words(said_before, said_after), 0)
    if _renumbered(before) == _renumbered(after):
        return NOTHING
    units = other_length(differing)
    if units:
        return Weighed(Weight.MATERIAL, f"The period changed from {units[0]} to {units[1]}{where}", 18)
    if not listed and is_label(raw_before, before.count(" ") + 1) and is_label(raw_after, after.count(" ") + 1):
        return NOTHING
    was, now = (named(raw_before), named(raw_after)) if parties else ("", "")
    if was and now and was.casefold() != now.casefold():
        return Weighed(Weight.MATERIAL, f"‘{now}’ stands where ‘{was}’ stood{where}", 13)
    mended = respelt(before, differing)
    if mended is not before:
        before, differing = mended, runs(mended.split(), after.split())
        if not differing:
            return Weighed(Weight.EDITORIAL, f"Spelling was mended{where}", 0)
    before, after = without_controls(said_before, called(before)), without_controls(said_after, called(after))
    come, gone = _balance(differing)
    force = _moved_concepts(before, after, differing, come, gone)
    if force and all(sense is Sense.PLACE for side in force for sense, _ in side):
        named_in = f"{_stated(before)} {_stated(after)}"
        stated = {sense for sense, _ in concepts(named_in)}
        if _SEATED.search(named_in) and not _STATES & stated and not LAWS.search(named_in):
            force = None  # where its offices are binds nobody
    company = moved_company(said_before, said_after)
    if company:
        return Weighed(Weight.MATERIAL, company + where, 13)
    if count <= 60 and not _forceful(force) and among_particulars(before, after, differing):
        return Weighed(Weight.EDITORIAL, f"Contact or company details changed{where}", 1)
    if force and POINTER.match(before) and POINTER.match(after) and not _binding(force):
        return Weighed(Weight.EDITORIAL, f"A pointer to another page changed{where}", 1)
    law = other_law(differing, said_before, said_after)
    if law:
        return Weighed(Weight.MATERIAL, law + where, 12)
    names = moved_names(said_before, said_after, before, after)
    told = _told(force, shown_before, shown_after) if force else None
    if told and (told.rank >= _NAMES or not names):
        return told
    states = bool(_STATES & {sense for sense, _ in concepts(f"{_stated(before)} {_stated(after)}")})
    states = states or bool(_HANDLES.search(after))
    if names and states:
        return Weighed(Weight.MATERIAL, names + where, _NAMES)
    if told:
        return told
    items = (moved_entries(raw_before, raw_after) or moved_items(said_before, said_after)) if states else ""
    if items:
        return Weighed(Weight.MATERIAL, items + where, 10)
    if not ({w for w in come if not is_small(w)} or {w for w in gone if not is_small(w)}):
        return Weighed(Weight.EDITORIAL, f"Reworded: {snippet(shown_after)}", 0)
    return Weighed(Weight.EDITORIAL, f"Reworded: {snippet(shown_after)}", 1)


_SEATED = re.compile(
    r"(?<!\w)(?:offices?|headquarter\w*|corporation|company|incorporated|teams?|bureaux|siège|sitz|büros?|sede|oficinas?)"
    r"(?!\w)"
)
"""Words of where a company is, rather than what it keeps there."""
_FEW = 10
"""Words that differ up to which every 'not' and 'may' of a passage is counted: a rewriting may need others."""
_TURN = 2
"""Words of a place where one such word came or went, and nothing else was rewritten."""
_TURNS = frozenset({Sense.NEGATION, Sense.PERMISSION, Sense.OBLIGATION, Sense.PROMISE, Sense.CONDITION, Sense.EXTENT})
_OPPOSED: tuple[tuple[Concept, Concept], ...] = (
    ((Sense.PROMISE, "will"), (Sense.PERMISSION, "can")),
    ((Sense.EXTENT, "all"), (Sense.EXTENT, "some")),
    ((Sense.EXTENT, "at least"), (Sense.EXTENT, "at most")),
    ((Sense.EXTENT, "sole"), (Sense.CONDITION, "reasonable")),
    ((Sense.EXTENT, "immediately"), (Sense.CONDITION, "reasonable")),
)
"""Weak concepts that are none where one takes the other's place."""


def _stated(words: str) -> str:
    """``words`` without dates and without turns of phrase that say nothing."""
    words = without_dates(words)
    return IDLE.sub(" ", words) if any(hint in words for hint in IDLE_HINTS) else words


_HANDLES = re.compile(
    r"(?<!\w)(?:collect|process|receiv|obtain|gather|recueill|collecte|trait[eo]n|erheb|verarbeit|recopil|recog|trata)\w*"
)
"""Verbs of what is done with data: what stands in an enumeration behind them is stated."""
_SECTION = re.compile(r"(?<!\S)\d{1,2}(?:\.\d{1,2}){1,4}(?!\S)(?! (?:%|percent|million|billion|thousand))")


_LETTER = re.compile(r"^(?:[a-z]|\d{1,2}|[ivx]{1,4}) (?=\w{3})")


def _differing_concepts(before: str, after: str) -> set[Concept]:
    return set(concepts(_stated(before))) ^ set(concepts(_stated(after)))


def _renumbered(words: str) -> str:
    """``words`` without section numbers and references to them: sections are renumbered whenever one is added."""
    return " ".join(_SECTION.sub(" ", without_pointers(_LETTER.sub("", words))).split()).replace("e mail", "email")


def _an(noun: str) -> str:
    return f"{'An' if noun[0] in 'aeiou' else 'A'} {noun}"


def _moved_numbers(before: Sequence[Quantity], after: Sequence[Quantity]) -> tuple[str, str, str] | None:
    """(kind, before, after) of the most telling number that moved."""
    gone = [q for q in before if not _stands(q, after)]
    come = [q for q in after if not _stands(q, before)]
    for kind in ("age", "period", "amount", "share", "date", "number"):
        old = [q.words for q in gone if q.kind == kind]
        new = [q.words for q in come if q.kind == kind]
        if kind == "number" and not (len(old) == len(new) == 1):
            continue  # numbers that shift in a row count sections
        if (old and new) or (kind != "number" and (old or new)):
            return kind, ", ".join(old[:3]), ", ".join(new[:3])
    return None


def _stands(number: Quantity, others: Sequence[Quantity]) -> bool:
    """Whether ``number`` is among ``others``; an age is one by the words near it, which may move away."""
    kinds = {"age", "number"} if number.kind in {"age", "number"} else {number.kind}
    return any(other.kind in kinds and other.value == number.value for other in others)


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
    before: str, after: str, differing: Sequence[_Run], come: Sequence[str], gone: Sequence[str]
) -> tuple[list[Concept], list[Concept]] | None:
    """(concepts added, concepts dropped); None where none moved. A modal alone that swaps for its like is none."""
    if not come and not gone:
        return None
    old, new = concepts(_stated(before)), concepts(_stated(after))
    came, went = _turned(differing) if len(come) + len(gone) <= _FEW else (set(), set())
    added = [c for c in new if c not in old or (c in came and new[c] > old[c])]
    dropped = [c for c in old if c not in new or (c in went and old[c] > new[c])]
    if all(concept in WEAK for concept in added + dropped) and not _swapped(added, dropped):
        return None
    return [c for c in added if c not in WEAK] or added, [c for c in dropped if c not in WEAK] or dropped


def _turned(differing: Sequence[_Run]) -> tuple[set[Concept], set[Concept]]:
    """Concepts that came and that went where but a word or two differ: a sentence may hold another 'not'."""
    came: set[Concept] = set()
    went: set[Concept] = set()
    for gone, come in differing:
        if len(gone) <= _TURN and len(come) <= _TURN and not all(is_small(word) for word in gone + come):
            came |= {c for c in concepts(" ".join(come)) if c[0] in _TURNS}
            went |= {c for c in concepts(" ".join(gone)) if c[0] in _TURNS}
    return came - went, went - came


def _swapped(added: Sequence[Concept], dropped: Sequence[Concept]) -> bool:
    """Whether one of two that are opposed took the other's place: 'we will' and 'we can', 'at least' and 'up to'."""
    return any((one in added and other in dropped) or (other in added and one in dropped) for one, other in _OPPOSED)


def _forceful(force: tuple[list[Concept], list[Concept]] | None) -> bool:
    """Whether concepts moved that a change of contact details would not move."""
    calm = {Sense.PLACE, Sense.PROMISE}
    return bool(force) and any(sense not in calm for side in force or () for sense, _ in side)


def _binding(force: tuple[list[Concept], list[Concept]]) -> bool:
    """Whether a negation, a right or a waiver moved: more than where a sentence points."""
    strong = {Sense.NEGATION, Sense.RIGHT, Sense.WAIVER}
    return any(sense in strong for side in force for sense, _ in side)


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
        if sense in {Sense.NEGATION, Sense.PERMISSION, Sense.OBLIGATION, Sense.CONDITION, Sense.PROMISE, Sense.EXTENT}:
            parts.append(f"now says ‘{name}’" if is_new else f"no longer says ‘{name}’")
        elif is_new:
            parts.append(f"adds {article} {sense.value} ({name})")
        else:
            parts.append(f"drops {article} {sense.value} ({name})")
    told = " and ".join(parts)
    shown = after if added else before
    lead = "Reworded" if added else "Reworded from"
    return Weighed(Weight.MATERIAL, f"{lead} {snippet(shown, 120)}: it {told}", order[0][0])
