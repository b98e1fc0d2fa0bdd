"""The difference of two texts: what changed, how much it weighs, and why, in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import process
from rapidfuzz.distance import Indel

from govdigest.changes.align import Alignment, Link, align, increasing
from govdigest.changes.asides import asides
from govdigest.changes.evidence import standing_text
from govdigest.changes.labels import is_label
from govdigest.changes.lexicon import Sense, concepts, is_small
from govdigest.changes.moves import Moved, finding_moves
from govdigest.changes.names import named, renamings
from govdigest.changes.normal import fold
from govdigest.changes.snippets import rewording
from govdigest.changes.weigh import NOTHING, Weighed, Weight, weigh_alone, weigh_pair
from govdigest.marks import plain
from govdigest.model import Change, Finding, Pair, Passage, PassageKind, Span, Taxonomy, Text

Read = Callable[[Text], tuple[Finding, ...]]

_REASONS = 8
_LENGTH = 280
_TWINS = 400_000
"""Most pairs that are compared to find a passage's twin."""
_TWIN = 0.8
_ENTRIES = frozenset({PassageKind.ITEM, PassageKind.ROW})
_MUCH = 0.12
"""Share of the text's words from which what came or went may be an edition of its own."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How two texts differ, before anything is read into them."""

    alignment: Alignment
    weight: Weight
    reasons: tuple[str, ...]
    """The most telling first; at most eight."""
    touched_before: tuple[Span, ...]
    """Passages of the earlier text whose change of words weighs anything."""
    touched_after: tuple[Span, ...]
    share_removed: float
    """Share of the earlier text's words that went and did not come back reworded or elsewhere."""
    share_added: float
    """Words that came, by the earlier text's words."""
    words_before: int
    """Words of sentences and of listed items; labels and links that stand alone are not counted."""
    words_after: int
    share_reworded: float
    """Share of the earlier text's words whose passage was reworded."""
    repeated_removed: float
    """Share of the removed words whose passage has a twin that stays."""
    repeated_added: float
    """Share of the added words whose passage has a twin that was there before."""

    @property
    def spans(self) -> Change:
        """The change without findings."""
        return spans_of(self.alignment)


def spans_of(alignment: Alignment) -> Change:
    """An alignment as spans of its two texts."""

    def pairs(links: Sequence[Link]) -> tuple[Pair, ...]:
        return tuple(Pair(alignment.span_before(link), alignment.span_after(link)) for link in links)

    return Change(
        added=tuple(alignment.after.passages[n].span for n in alignment.added),
        removed=tuple(alignment.before.passages[n].span for n in alignment.removed),
        reworded=pairs(alignment.reworded),
        moved=pairs(alignment.moved),
    )


def _twins(keys: Sequence[str], other: Text) -> dict[int, int]:
    """For each of ``keys`` that has one, by its index: the passage of ``other`` that is nearly the same.

    No passage is the twin of two, and twins keep their order: one edition beside another, not lines that are alike.
    """
    if len(keys) * len(other.passages) > _TWINS:
        return {}
    alphabet: dict[str, str] = {}

    def code(key: str) -> str:
        return "".join([alphabet.setdefault(w, chr(0x10000 + len(alphabet) % 0xF0000)) for w in key.split()])

    there = fold([other.slice(passage.span) for passage in other.passages])
    first: dict[str, int] = {}
    for number, key in enumerate(there):
        first.setdefault(key, number)
    codes = [code(key) for key in there]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for index, key in enumerate(keys):
        twin = first.get(key)
        if twin is None and key.count(" ") >= 3:
            match = process.extractOne(code(key), codes, scorer=Indel.normalized_similarity, score_cutoff=_TWIN)
            twin = None if match is None else int(match[2])
        if twin is not None and twin not in taken:
            found[index] = twin
            taken.add(twin)
    order = list(found)
    return {order[k]: found[order[k]] for k in increasing([found[index] for index in order])}


def differ(before: Text, after: Text) -> Difference:
    """How ``after`` differs from ``before``, weighed without findings."""
    alignment = align(before, after)
    old = [before.slice(alignment.span_before(link)) for link in alignment.reworded]
    new = [after.slice(alignment.span_after(link)) for link in alignment.reworded]
    old_keys, new_keys = fold(old), fold(new)
    said = list(zip([plain(x) for x in old], [plain(x) for x in new], old_keys, new_keys, strict=True))
    renamed = renamings(said)
    weighed: list[tuple[Weighed, int]] = []
    touched_before: list[Span] = []
    touched_after: list[Span] = []
    for link, raw_old, raw_new, (said_old, said_new, key_old, key_new) in zip(
        alignment.reworded, old, new, said, strict=True
    ):
        there = after.passages[link.after[0]]
        verdict = weigh_pair(
            raw_old,
            raw_new,
            key_old,
            key_new,
            renamed,
            heading=there.kind is PassageKind.HEADING and len(link.after) == 1,
            listed=there.kind in _ENTRIES and bool(there.context),
            parties=named(raw_old) != named(raw_new) and _lists_parties(after, there),
            said=(said_old, said_new),
        )
        weighed.append((verdict, alignment.span_after(link).start))
        if verdict.weight:
            touched_before.append(alignment.span_before(link))
            touched_after.append(alignment.span_after(link))
    size_before, size_after = _size(before, range(len(before.passages))), _size(after, range(len(after.passages)))
    came = _weigh_side(after, before, alignment.added, added=True, renamed=renamed, whole=size_before)
    went = _weigh_side(before, after, alignment.removed, added=False, renamed=renamed, whole=size_before)
    came, went = _retold(came, went, before, after)
    for number, verdict, _, _ in came:
        weighed.append((verdict, after.passages[number].span.start))
        if verdict.weight:
            touched_after.append(after.passages[number].span)
    for number, verdict, _, _ in went:
        weighed.append((verdict, before.passages[number].span.start))
        if verdict.weight:
            touched_before.append(before.passages[number].span)
    weight = max((verdict.weight for verdict, _ in weighed), default=Weight.NOTHING)
    if alignment.moved and weight is Weight.NOTHING and _sentences_moved(alignment):
        weight = Weight.EDITORIAL
        weighed.append((Weighed(weight, lambda: "Passages were moved; their words did not change"), 0))
    removed, added = _size(before, alignment.removed), _size(after, alignment.added)
    return Difference(
        alignment,
        weight,
        _reasons(weighed, weight),
        tuple(touched_before),
        tuple(touched_after),
        removed / max(1, size_before),
        added / max(1, size_before),
        size_before,
        size_after,
        _size(before, [n for link in alignment.reworded for n in link.before]) / max(1, size_before),
        sum(size for _, _, size, twin in went if twin) / max(1, removed),
        sum(size for _, _, size, twin in came if twin) / max(1, added),
    )


def _lists_parties(text: Text, passage: Passage) -> bool:
    """Whether ``passage`` is an entry of a list or table that names others, as its lead-in or heading says."""
    if passage.kind not in {PassageKind.ITEM, PassageKind.ROW}:
        return False
    above = " ".join([*passage.headings[-1:], *(text.slice(span) for span in passage.context)])
    return any(sense is Sense.PARTY for sense, _ in concepts(fold([above])[0]))


_Sides = list[tuple[int, Weighed, int, bool]]


def _retold(came: _Sides, went: _Sides, before: Text, after: Text) -> tuple[_Sides, _Sides]:
    """Both sides, with a passage that came and says all that another said and more, or a part, told as its rewording.

    Weights stay: a sentence that was narrowed is news, and so is one that was widened.
    """
    old = _told_words(went, before)
    new = _told_words(came, after) if old else {}
    if len(old) * len(new) > _RETOLD:
        return came, went  # so much went and came that no reader looks for pairs
    partner: dict[int, int] = {}
    for number, words in new.items():
        fitting = [other for other, held in old.items() if _within(words, held)]
        if fitting:
            partner[number] = min(fitting, key=lambda other: len(set(words) ^ set(old[other])))
            del old[partner[number]]
    if not partner:
        return came, went
    gone = set(partner.values())

    def reworded(number: int) -> Callable[[], str]:
        old, new = before.passages[partner[number]].span, after.passages[number].span
        return lambda: rewording(plain(before.slice(old)), plain(after.slice(new)))

    return (
        [(n, replace(w, tell=reworded(n)) if n in partner else w, size, twin) for n, w, size, twin in came],
        [(n, Weighed(w.weight) if n in gone else w, size, twin) for n, w, size, twin in went],
    )


def _within(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the longer has all words of the shorter: in a row, or where it has few others."""
    short, long = sorted((one, other), key=len)
    if short[0] not in long or not set(short) <= set(long):
        return False
    if f" {' '.join(short)} " in f" {' '.join(long)} ":
        return True
    return len(long) <= 2 * len(short)


def _told_words(side: _Sides, text: Text) -> dict[int, tuple[str, ...]]:
    """The words that carry meaning of the passages that came or went and matter; where there are enough of them."""
    numbers = [number for number, weighed, _, _ in side if weighed.weight is Weight.MATERIAL]
    keys = fold([text.slice(text.passages[number].span) for number in numbers])
    words = {
        number: tuple(word for word in key.split() if not is_small(word))
        for number, key in zip(numbers, keys, strict=True)
        if key.count(" ") < _READABLE
    }
    return {number: each for number, each in words.items() if len(each) >= _FEWEST}


_RETOLD = 40_000
"""Most pairs of a passage that went and one that came that are compared."""
_FEWEST = 3
_READABLE = 60
"""Words of a passage from which two wordings can hardly be told in a line."""


def _heading(text: Text, passage: Passage) -> str:
    """The heading over an entry of a list, where it is short enough to be told; not the document's title."""
    heading = " ".join(plain(passage.headings[-1]).split()) if passage.headings else ""
    if heading == text.title:
        return ""
    heading = _NUMBERED.sub("", heading).rstrip(" :.")
    return heading if len(heading) <= _TITLE else ""


def _lists_subprocessors(text: Text, passage: Passage) -> bool:
    """Whether ``passage`` is an entry of a list of subprocessors alone, which begins with the subprocessor's name."""
    if not passage.headings or not _SUBPROCESSORS.match(_NUMBERED.sub("", plain(passage.headings[-1]))):
        return False
    if passage.kind is PassageKind.ROW:
        return bool(passage.context) and bool(_NAME_COLUMN.match(plain(text.slice(passage.context[-1]))))
    return bool(_NAMED_ITEM.match(plain(text.slice(passage.span))))


_SUBPROCESSORS = re.compile(
    r"\s*(?:(?:our|the|current|list of|authori[sz]ed|approved|third[- ]party|external)\s+)*sub-?\s?processors?"
    r"(?:\s+(?:list|includes?|are|is))*\W*$",
    re.IGNORECASE,
)
"""Headings of lists that name subprocessors and nothing else."""
_NAME_COLUMN = re.compile(
    r"[\s|*]*(?:[\w-]+ ){0,2}(?:name|entity|company|sub-?\s?processor|vendor|provider)s?\b", re.IGNORECASE
)
_NAMED_ITEM = re.compile(r"\W*[A-Z][\w.&’' -]{1,40}(?::| [–—-] |$)")
_NUMBERED = re.compile(
    r"^\s*(?:(?:section|article|annex|schedule)\s+)?(?:\d{1,2}[.)]?|[A-Z][.)])(?:\d{1,2}[.)]?)*\s+", re.IGNORECASE
)
_TITLE = 60
_MARKS = re.compile(r"[\W_]+")


def _size(text: Text, numbers: Sequence[int]) -> int:
    """Words of what is prose among the passages: a menu is no text to be lost or gained."""
    total = 0
    for number in numbers:
        passage = text.passages[number]
        raw = text.slice(passage.span)
        count = raw.count(" ") + 1
        if passage.kind is not PassageKind.HEADING and (count > 12 or not is_label(raw, count)):
            total += count
    return total


def _sentences_moved(alignment: Alignment) -> bool:
    """Whether any of what moved is more than a label."""
    return any(alignment.after.slice(alignment.span_after(link)).count(" ") >= 5 for link in alignment.moved)


def _weigh_side(
    text: Text,
    other: Text,
    numbers: Sequence[int],
    *,
    added: bool,
    renamed: Mapping[tuple[str, ...], tuple[str, ...]],
    whole: int,
) -> list[tuple[int, Weighed, int, bool]]:
    """(passage, weight, words, has a twin in the other text) of passages that came or went.

    Twins are looked for where much came or went, by the ``whole`` text's words; and believed where most have one: then
    one edition stands, or stood, beside another, and what came is weighed against what it revises.
    """
    raws = [text.slice(text.passages[n].span) for n in numbers]
    keys = fold(raws)
    sizes = [_size(text, [n]) for n in numbers]
    twins = _twins(keys, other) if sum(sizes) >= _MUCH * whole else {}
    edition = sum(sizes[index] for index in twins) >= 0.5 * sum(sizes) > 0
    stay = {other.slice(passage.span).strip() for passage in other.passages} if numbers else set()
    beside = asides(text, numbers, keys)
    result: list[tuple[int, Weighed, int, bool]] = []
    for index, (number, raw, key, size) in enumerate(zip(numbers, raws, keys, sizes, strict=True)):
        passage = text.passages[number]
        if edition and index in twins:
            there = other.slice(other.passages[twins[index]].span)
            there_key = fold([there])[0]
            weighed = NOTHING if there_key == key or not added else weigh_pair(there, raw, there_key, key, renamed)
        elif number in beside or (key.count(" ") >= 7 and raw.strip() in stay):  # a repetition of what stays
            weighed = NOTHING
        else:
            in_list = passage.kind in {PassageKind.ITEM, PassageKind.ROW} and bool(passage.context)
            weighed = weigh_alone(
                raw,
                key,
                added=added,
                in_list=in_list,
                heading=passage.kind is PassageKind.HEADING,
                parties=in_list and _lists_parties(text, passage),
                place=_heading(text, passage) if in_list else "",
                subprocessor=in_list and _lists_subprocessors(text, passage),
            )
        result.append((number, weighed, size, index in twins))
    return result


def _reasons(weighed: Sequence[tuple[Weighed, int]], weight: Weight) -> tuple[str, ...]:
    """The reasons for ``weight``, the most telling first, each once; what is left out is counted."""
    telling = sorted(
        ((verdict, at) for verdict, at in weighed if verdict.weight is weight),
        key=lambda item: (-item[0].rank, item[1]),
    )
    reasons: dict[str, str] = {}
    """By its letters and figures: 'COINWICK.' is renamed as 'Coinwick' is."""
    for number, (verdict, _) in enumerate(telling):
        told = bounded(verdict.tell())
        if not told:
            continue
        reasons.setdefault(_MARKS.sub("", told.casefold()), told)
        if len(reasons) > _REASONS:
            left = len(telling) - number + 1
            return (*list(reasons.values())[: _REASONS - 1], f"And {left} more changes of wording")
    return tuple(reasons.values())


def bounded(reason: str) -> str:
    """``reason`` on one line, at most 280 characters."""
    reason = " ".join(reason.split())
    return reason if len(reason) <= _LENGTH else reason[: _LENGTH - 2].rsplit(" ", 1)[0] + " …"


def compare(before: Text, after: Text, read: Read, taxonomy: Taxonomy) -> Change:
    """The whole change from ``before`` to ``after``: spans and findings that moved, both read with ``taxonomy``."""
    return with_moves(differ(before, after), read, taxonomy)


def with_moves(difference: Difference, read: Read, taxonomy: Taxonomy) -> Change:
    """The spans of ``difference`` and the findings that moved in what it touched."""
    spans = difference.spans
    moves = tuple(moved.move for moved in moves_of(difference, read, taxonomy))
    return Change(spans.added, spans.removed, spans.reworded, spans.moved, moves)


def moves_of(difference: Difference, read: Read, taxonomy: Taxonomy) -> tuple[Moved, ...]:
    """Findings that moved because of what changed; a reader's whim on unchanged passages does not count."""
    if difference.weight is Weight.NOTHING:
        return ()
    alignment = difference.alignment
    before, after = alignment.before, alignment.after
    came = [after.passages[number].span for number in alignment.added]
    return finding_moves(
        read(before),
        read(after),
        taxonomy,
        before_text=before,
        after_text=after,
        touched_before=difference.touched_before,
        touched_after=difference.touched_after,
        reworded=difference.spans.reworded,
        standing=lambda: read(standing_text(after, [*difference.touched_after, *came])),
    )
