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

from govdigest.changes.lexicon import WEAK, Concept, Sense, concepts
from govdigest.changes.quantities import Quantity, particulars, quantities, without_dates, without_pointers
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
_POINTS = re.compile(
    r"^(?:(?:for|to) (?:more|further|additional|full|other)?[\w ]{0,60}(?:information|details?|learn|read|find out|see|understand)"
    r"[\w ,']{0,60}(?:see|visit|read|review|refer|consult|check|contact|go to|click|available)?"
    r"|(?:please )?(?:see|read|review|visit|refer to|consult|learn more|find out more|click) "
    r"|if you(?:'re| are| have)?[\w' ]{0,80} (?:please )?(?:see|read|visit|refer to|consult|contact) "
    r"|you (?:can|may) (?:also )?(?:access|find|view|see|read|learn|reach|contact|review|visit|manage|download)\b"
    r"(?! [\w ]{0,20}your (?:personal|data|information))"
    r"|pour (?:en savoir plus|plus d'informations?)|veuillez (?:consulter|lire)|weitere informationen|"
    r"nähere informationen|para (?:más|obtener más) información|consulte "
    r"|(?:your |the )?(?:use|access|usage)\b[\w ']{0,80} (?:is|are) (?:also )?(?:subject to|governed by) "
    r"(?![\w ]{0,12}laws?\b)[\w ']{0,90}(?:terms|policy|policies|licen[sc]e|agreement|guidelines|notice)(?: \w+){0,6}$"
    r"|[\w ']{2,60} (?:is|are) an? (?:new )?(?:[\w]+ )?(?:feature|service|tool|product|platform|app|application|program|website)"
    r"s? (?:that|which|designed|to|for)\b)"
)
"""Sentences that only point to another page or say what a product is: what binds stands elsewhere."""
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


def is_label(raw: str, count: int) -> bool:
    """Whether a passage of ``count`` words is a link or a label rather than something that the document says."""
    return bool(_LINK_ONLY.match(raw)) or (
        count <= 6 and not raw.rstrip(" )”\"'»*_\\|").endswith((".", "!", "?", ";", ":"))
    )


def weigh_alone(raw: str, words: str, *, added: bool, in_list: bool = False) -> Weighed:
    """The weight of a passage that came or went; ``words`` is its normal form, ``in_list``: it has a lead-in."""
    count = words.count(" ") + 1 if words else 0
    text = plain(raw)
    sentence = text.rstrip(" )”\"'»").endswith((".", "!", "?", ";", ":"))
    if not words or _PROMPTS.match(words):
        return NOTHING
    if raw.lstrip().startswith("#") or _LINK_ONLY.match(raw) or (count < 4 and not in_list):
        return NOTHING
    found = concepts(without_dates(words))
    senses = {sense for sense, _ in found}
    bound = [quantity for quantity in quantities(text, words) if quantity.kind != "number"]
    force = senses & {Sense.PERMISSION, Sense.OBLIGATION, Sense.NEGATION, Sense.RIGHT, Sense.WAIVER}
    points = count <= 40 and bool(_POINTS.match(words))
    if points and not bound and not senses & {Sense.NEGATION, Sense.RIGHT} and not _uses(found):
        return Weighed(Weight.EDITORIAL, _said(added, text), 1)
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


def _uses(found: Mapping[Concept, int]) -> bool:
    """Whether the sentence says what is done with whose data: more than a pointer."""
    return any((Sense.PURPOSE, name) in found for name in ("sale", "advertising", "training AI", "retention", "tracking"))


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
            reason = f"{_an(noun)} was added ({new}){where}"
        else:
            reason = f"{_an(noun)} was removed ({old}) from {snippet(said_before, 110)}"
        return Weighed(Weight.MATERIAL, reason, 20 if kind in {"age", "period", "amount", "share"} else 12)
    if not differing:
        return Weighed(Weight.EDITORIAL, _renamed_words(said_before, said_after), 0)
    if _renumbered(before) == _renumbered(after):
        return NOTHING
    if is_label(raw_before, before.count(" ") + 1) and is_label(raw_after, after.count(" ") + 1):
        return NOTHING
    come, gone = _balance(differing)
    force = _moved_concepts(before, after, come, gone)
    if particulars(before) and particulars(after) and count <= 60 and not _forceful(force):
        return Weighed(Weight.EDITORIAL, f"Contact or company details changed{where}", 1)
    if force:
        return _told(force, said_before, said_after)
    names = _moved_names(said_before, said_after, before, after)
    if names:
        return Weighed(Weight.MATERIAL, names + where, 11)
    listed = _moved_items(said_before, said_after)
    if listed and _STATES & {sense for sense, _ in concepts(before + " " + after)}:
        return Weighed(Weight.MATERIAL, listed + where, 10)
    if not ({w for w in come if w not in _STOP} or {w for w in gone if w not in _STOP}):
        return Weighed(Weight.EDITORIAL, f"Reworded: {snippet(said_after)}", 0)
    return Weighed(Weight.EDITORIAL, f"Reworded: {snippet(said_after)}", 1)


_SECTION = re.compile(r"(?<!\S)\d{1,2}(?:\.\d{1,2}){1,4}(?!\S)(?! (?:%|percent|million|billion|thousand))")


_LETTER = re.compile(r"^(?:[a-z]|\d{1,2}|[ivx]{1,4}) (?=\w{3})")


def _renumbered(words: str) -> str:
    """``words`` without section numbers and references to them: sections are renumbered whenever one is added."""
    return " ".join(_SECTION.sub(" ", without_pointers(_LETTER.sub("", words))).split())


def _an(noun: str) -> str:
    return f"{'An' if noun[0] in 'aeiou' else 'A'} {noun}"


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
    old, new = concepts(without_dates(before)), concepts(without_dates(after))
    added = [concept for concept in new if concept not in old]
    dropped = [concept for concept in old if concept not in new]
    if all(concept in WEAK for concept in added + dropped) and not _swapped(added, dropped):
        return None
    return [c for c in added if c not in WEAK] or added, [c for c in dropped if c not in WEAK] or dropped


def _swapped(added: Sequence[Concept], dropped: Sequence[Concept]) -> bool:
    """Whether what is promised became what is possible, or the other way: 'we will' and 'we can'."""
    will, can = (Sense.PROMISE, "will"), (Sense.PERMISSION, "can")
    return (will in added and can in dropped) or (can in added and will in dropped)


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


_NAME = re.compile(
    r"\b[A-ZÀ-Þ][\w’'&.-]{0,40}(?: (?:(?:of|for|de|du) )?(?:[A-ZÀ-Þ][\w’'&.-]{0,40}|\d{1,4}\b)){0,6}"
)
_STARTS = re.compile(r"(?:^|[.!?:;•]\s{0,3}|[“\"(]\s?)$")
_BESIDE_LEFT = re.compile(r"(?:,|;|/|\b(?:and|or|et|ou|und|oder|y|o|sowie))\s*$")
_BESIDE_RIGHT = re.compile(r"\s*(?:,|;|/|(?:and|or|et|ou|und|oder|y|o|sowie)\b)")


def _names(text: str) -> dict[str, str]:
    """Names that stand among others in ``text``, by their lower-case words."""
    found: dict[str, str] = {}
    for match in _NAME.finditer(text):
        name = match[0].rstrip(".,'’-")
        opens = bool(_STARTS.search(text[max(0, match.start() - 4) : match.start()]))
        if opens and " " not in name:
            continue
        beside = _BESIDE_LEFT.search(text[max(0, match.start() - 8) : match.start()]) or _BESIDE_RIGHT.match(
            text[match.start() + len(name) : match.end() + 8]
        )
        if beside:
            found.setdefault(" ".join(re.findall(r"\w+", name.lower())), name)
    return found


def _moved_names(before: str, after: str, words_before: str, words_after: str) -> str:
    """A name that was added to, or dropped from, an enumeration; in words, empty where none was."""
    if before.isupper() or after.isupper():
        return ""
    padded_before, padded_after = f" {words_before} ", f" {words_after} "
    gone = [name for key, name in _names(before).items() if f" {key} " not in padded_after]
    come = [name for key, name in _names(after).items() if f" {key} " not in padded_before]
    if gone and not come:
        return f"It no longer names ‘{gone[0]}’"
    if come and not gone:
        return f"It now names ‘{come[0]}’"
    return ""


_WORD_OR_COMMA = re.compile(r"\w+(?:['’-]\w+)*|[,;]")


def _moved_items(before: str, after: str) -> str:
    """What was added to, or dropped from, an enumeration, in words; empty where nothing was."""
    old, new = _WORD_OR_COMMA.findall(before), _WORD_OR_COMMA.findall(after)
    if len(old) > 600 or len(new) > 600:
        return ""
    low_old, low_new = [token.lower() for token in old], [token.lower() for token in new]
    for gone, come, tokens, there, told in _insertions(low_old, low_new, old, new):
        run = come or gone
        if "," not in run and ";" not in run:
            continue
        content = [word for word in run if len(word) > 3 and word not in _STOP]
        if content and not all(word in there for word in content):
            item = " ".join(tokens).replace(" ,", ",").replace(" ;", ";").strip(" ,;")
            for word in ("and ", "or ", "the "):
                item = item.removeprefix(word)
            for word in (" and", " or", " the"):
                item = item.removesuffix(word)
            return f"It {told} ‘{item.strip(' ,;')[:80]}’"
    return ""


def _insertions(
    low_old: list[str], low_new: list[str], old: list[str], new: list[str]
) -> list[tuple[list[str], list[str], list[str], set[str], str]]:
    """Runs that only went or only came: (gone, come, the tokens as written, words of the other side, verb)."""
    found: list[tuple[list[str], list[str], list[str], set[str], str]] = []
    for op in LCSseq.opcodes(low_old, low_new):
        if op.tag == "insert":
            run = slice(op.dest_start, op.dest_end)
            found.append(([], low_new[run], new[run], set(low_old), "now lists"))
        elif op.tag == "delete":
            run = slice(op.src_start, op.src_end)
            found.append((low_old[run], [], old[run], set(low_new), "no longer lists"))
    return found


def _renamed_words(before: str, after: str) -> str:
    """What was renamed, as written."""
    old, new = _WORD_OR_COMMA.findall(before), _WORD_OR_COMMA.findall(after)
    gone = [token for op in LCSseq.opcodes(old, new) if op.tag == "delete" for token in old[op.src_start : op.src_end]]
    come = [token for op in LCSseq.opcodes(old, new) if op.tag == "insert" for token in new[op.dest_start : op.dest_end]]
    if gone and come and len(gone) <= 8 and len(come) <= 8:
        was, now = (" ".join(tokens).replace(" ,", ",").strip(" ,") for tokens in (gone, come))
        return f"A name was changed throughout: ‘{was}’ is now ‘{now}’"
    return "A name was changed throughout"


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
