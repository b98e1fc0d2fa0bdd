"""The weight of a change of words: does it add or take away something that binds, and which words tell it.

The rules look at one passage, or at a passage and what became of it. They do not rest on findings: a document
may change in what no provision asks about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import partial

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
from govdigest.changes.normal import fold, normal_form
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
from govdigest.changes.snippets import Tells, around, changed_words, exchanged, rewording, snippet
from govdigest.marks import plain


class Weight(IntEnum):
    """How much a change of words weighs."""

    NOTHING = 0
    """Labels, menus, prompts, references: nothing that the document says."""
    EDITORIAL = 1
    MATERIAL = 2


def _silent() -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The weight of one change, why, and how telling it is among others (higher first)."""

    weight: Weight
    tell: Callable[[], str] = field(default=_silent, compare=False)
    """Why, in words: asked of the few changes that are told."""
    rank: int = 0


_Run = tuple[tuple[str, ...], tuple[str, ...]]
"""Words that went and words that came, at one place."""
NOTHING = Weighed(Weight.NOTHING)
_OPENING = 1200
"""Letters of a passage that a reason looks at: it quotes the opening, and the rest need not be read."""
_NAMES = 11
"""How telling a name is that came or went among others; what only permits or promises is less."""
_SMALL_EDIT = 8
"""Words up to which a rewording is a turn of the same sentence: a 'not' in it is the news."""
_PAYS = re.compile(
    r"(?<!\w)(?:fees?|charge[ds]?|pay|paid|payments?|prices?|pricing|billing|billed|subscriptions?|refunds?|credits?)(?!\w)"
)
"""Words of money, in the normal form."""
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


def weigh_alone(
    raw: str,
    words: str,
    *,
    added: bool,
    in_list: bool = False,
    heading: bool = False,
    parties: bool = False,
    place: str = "",
    subprocessor: bool = False,
) -> Weighed:
    """The weight of a passage that came or went; ``words`` is its normal form, ``in_list``: it has a lead-in.

    ``parties``: it is an entry of a list that names others who receive data, ``subprocessor``: of one that names
    nothing but subprocessors. ``place``: the heading over a list.
    """
    said = partial(_said, added, raw)
    count = words.count(" ") + 1 if words else 0
    sentence = raw.rstrip(" )”\"'»*_\\|").endswith((".", "!", "?", ";", ":"))
    if not words or PROMPT.match(words):
        return NOTHING
    if count >= 6 and len(set(words.split())) <= 3:
        return NOTHING  # a string that a page measures its letters with
    if parties and in_list and "](" in raw and named(plain(raw)):
        return Weighed(Weight.MATERIAL, partial(_entry, added, raw, place, subprocessor), 11)
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
        return Weighed(Weight.EDITORIAL, said, 1)
    if particulars(words) and not force and count <= 40:
        return Weighed(Weight.EDITORIAL, said, 1)
    if in_list and (count >= 2 or found):
        entry = partial(_entry, added, raw, place, subprocessor)
        if senses & _STATES or bound:
            return Weighed(Weight.MATERIAL, entry, 11 if parties and named(raw) else _rank(found, words, added) - 2)
        return Weighed(Weight.EDITORIAL, entry, 2)
    if not (sentence or heading) and count <= 8:
        return NOTHING if count <= 6 and not force else Weighed(Weight.EDITORIAL, said, 1)
    if announces(words):
        return Weighed(Weight.MATERIAL, said, 18 if added else 4)
    if senses & _STATES or bound:
        return Weighed(Weight.MATERIAL, said, _rank(found, words, added))
    return Weighed(Weight.EDITORIAL, said, 1)


def _rank(found: Mapping[Concept, int], words: str, added: bool) -> int:
    """How telling a sentence is: by what it binds, for what, whose data, and whether it speaks of money.

    What a document says now comes before what it does not say any more.
    """
    senses = {sense for sense, name in found if (sense, name) not in WEAK}
    rank = 4 + 2 * len(senses & {Sense.NEGATION, Sense.WAIVER, Sense.RIGHT, Sense.PERMISSION, Sense.OBLIGATION})
    rank += 2 * len([name for sense, name in found if sense in {Sense.PURPOSE, Sense.DATA, Sense.PARTY}][:3])
    rank += 4 * _uses(found) + 2 * bool(_PAYS.search(words))
    return min(rank, 16) if added else max(1, min(rank, 16) - 3)


def _uses(found: Mapping[Concept, int]) -> bool:
    """Whether the sentence says what is done with whose data: more than a pointer."""
    return any(
        (Sense.PURPOSE, name) in found for name in ("sale", "advertising", "training AI", "retention", "tracking")
    )


def _said(added: bool, raw: str) -> str:
    return f"{'Adds' if added else 'Drops'} {snippet(plain(raw[:_OPENING]))}"


def _entry(added: bool, raw: str, place: str, subprocessor: bool) -> str:
    """The same of an entry of a list or table, with the heading that it stands under."""
    name = (named(raw) or named(plain(raw))) if subprocessor else ""
    if name:
        return f"{'Now' if added else 'No longer'} lists {name} as a subprocessor"
    told = _said(added, raw)
    return told if not place or _SENTENCE.search(raw) else f"{told} {'to' if added else 'from'} ‘{place}’"


_SENTENCE = re.compile(r"[.!?;:][\W_]*$|(?:\S+\s+){25}")
"""How an entry looks that is a sentence rather than one of a kind with others."""


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
    of a list that names others who receive data, ``listed``: an entry of any list or table, ``said``: both as readers
    see them, where that is known.
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

    def within(reason: str, tells: Tells | None = None) -> Callable[[], str]:
        return lambda: f"{reason} in {around(shown_before, shown_after, tells)}"

    def turned(tells: Tells | None = None) -> Callable[[], str]:
        return partial(rewording, shown_before, shown_after, tells)

    masked = without_addresses(said_before), without_addresses(said_after)
    if masked != (said_before, said_after):
        without = normal_form(masked[0]), normal_form(masked[1])
        if without[0] == without[1]:
            return Weighed(Weight.EDITORIAL, within("Contact or company details changed"), 1)
        (said_before, said_after), (before, after) = masked, without
    differing = runs(before.split(), after.split())
    differing = [run for run in differing if renamed.get(run[0]) != run[1] or not run[0]]
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
        binds = kind in {"age", "period", "amount", "share"}
        if old and new:
            tell = within(f"The {_NOUNS[kind]} changed from {old} to {new}", _figures)
            return Weighed(Weight.MATERIAL, tell, 13 if binds else 9)
        return Weighed(Weight.MATERIAL, turned(_figures), 8 if binds else 6)
    if not differing:
        return Weighed(Weight.EDITORIAL, partial(renamed_words, said_before, said_after), 0)
    if _renumbered(before) == _renumbered(after):
        return NOTHING
    units = other_length(differing)
    if units:
        return Weighed(Weight.MATERIAL, within(f"The period changed from {units[0]} to {units[1]}"), 13)
    if not listed and is_label(raw_before, before.count(" ") + 1) and is_label(raw_after, after.count(" ") + 1):
        return NOTHING
    was, now = (named(raw_before), named(raw_after)) if parties else ("", "")
    if was and now and was.casefold() != now.casefold():
        return Weighed(Weight.MATERIAL, within(f"Replaces ‘{was}’ with ‘{now}’"), 13)
    mended = respelt(before, differing)
    if mended is not before:
        before, differing = mended, runs(mended.split(), after.split())
        if not differing:
            return Weighed(Weight.EDITORIAL, within("Spelling was mended"), 0)
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
        return Weighed(Weight.MATERIAL, within(company), 13)
    if count <= 60 and not _forceful(force) and among_particulars(before, after, differing):
        return Weighed(Weight.EDITORIAL, within("Contact or company details changed"), 1)
    if force and POINTER.match(before) and POINTER.match(after) and not _binding(force):
        return Weighed(Weight.EDITORIAL, within("A reference to another page changed"), 1)
    law = other_law(differing, said_before, said_after)
    if law:
        return Weighed(Weight.MATERIAL, within(law), 12)
    names = moved_names(said_before, said_after, before, after)
    idle = bool(_IDLE.search(before)) != bool(_IDLE.search(after))
    words = sum(len(gone) + len(come) for gone, come in differing)
    told = _told(force, turned, words, idle=idle) if force else None
    if told and count <= 6:
        told = replace(told, rank=min(told.rank, 5))  # a title, or nearly
    if told and (told.rank >= _NAMES or not names):
        return told
    states = bool(_STATES & {sense for sense, _ in concepts(f"{_stated(before)} {_stated(after)}")})
    states = states or bool(_HANDLES.search(after))
    if names and states:
        return Weighed(Weight.MATERIAL, partial(_moved, names, shown_before, shown_after), _NAMES)
    if told:
        return told
    items = (moved_entries(raw_before, raw_after) or moved_items(said_before, said_after)) if states else None
    if items:
        return Weighed(Weight.MATERIAL, partial(_moved, items, shown_before, shown_after), 10)
    if not ({w for w in come if not is_small(w)} or {w for w in gone if not is_small(w)}):
        return Weighed(Weight.EDITORIAL, turned(), 0)
    return Weighed(Weight.EDITORIAL, turned(), 1)


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


_IDLE = re.compile(r"(?<!\w)(?:(?:whether|why|if) or not|not only|not limited to)(?!\w)")
"""A 'not' that denies nothing."""


def _figures(words: str) -> int:
    return len(re.findall(r"\d", words))


def _moved(told: tuple[str, bool], before: str, after: str) -> str:
    """What came or went, and about which words of the passage that has it; where much else changed, both wordings."""
    words, came = told
    wanted = set(re.findall(r"\w+", words)[1:])

    def tells(some: str) -> int:
        held = len(wanted & set(re.findall(r"\w+", some)))
        return held if held * 2 > len(wanted) else 0

    if exchanged(before, after, tells) or changed_words(before, after) > len(wanted) + _SMALL_EDIT:
        return rewording(before, after, tells)
    return f"{words} {'in' if came else 'from'} {around(before, after, tells, later=came)}"


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


def _told(
    force: tuple[list[Concept], list[Concept]], turned: Callable[[Tells], Callable[[], str]], words: int, *, idle: bool
) -> Weighed:
    """The words about the concepts that moved, before and after; ``words``: how many differ, ``idle``: a 'not' is.

    Within a sentence that is otherwise the same, a 'not' is the news; where much was rewritten it may be style.
    """
    added, dropped = force
    small = words <= _SMALL_EDIT
    heavy = {Sense.NEGATION: 15, Sense.WAIVER: 14, Sense.RIGHT: 13} if small else {Sense.WAIVER: 10, Sense.RIGHT: 10}
    if idle:
        heavy[Sense.NEGATION] = 3
    heavy |= dict.fromkeys((Sense.PURPOSE, Sense.DATA, Sense.PARTY), 12)
    ranks = [heavy.get(sense, 9) for sense, _ in added] + [
        heavy.get(sense, 9) - (0 if small else 2) for sense, _ in dropped
    ]
    news = {*added, *dropped}

    def tells(some: str) -> int:
        return sum(heavy.get(concept[0], 9) for concept in concepts(fold([some])[0]) if concept in news)

    return Weighed(Weight.MATERIAL, turned(tells), max(ranks, default=0))
