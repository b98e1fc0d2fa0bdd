"""Alignment: which passage of one text answers to which of another.

Blocks first, by their bytes; then passages inside what is left, by their normal form; then the rest by the words
that they share (an Indel similarity over words, by rapidfuzz). Never a whole document at once: every step is
bounded, and a longest increasing subsequence stands in where a matcher could run away.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from zlib import crc32

from rapidfuzz import process
from rapidfuzz.distance import Indel

from govdigest.changes.normal import fold
from govdigest.model import Passage, PassageKind, Span, Text

_MATCHER = 60_000
"""Most cells (passages by passages) that one SequenceMatcher is given."""
_COMPARED = 40_000
"""Most pairs of passages that are compared word by word over the whole document."""
_NEAR = 0.5
"""Least share of words that a passage keeps, to be the same passage reworded, where its neighbours are the same."""
_FAR = 0.66
"""The same for a passage that stands elsewhere."""
_NEIGHBOUR = 0.12
"""What standing in the same gap is worth."""
_NAMESAKE = 0.2
"""What the same name before a colon, or in a row's first cell, is worth; another that stands elsewhere costs it."""


@dataclass(frozen=True, slots=True)
class Link:
    """Passages of the earlier text and what became of them in the later one; more than one where split or joined."""

    before: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Every passage of two texts, by its number, in exactly one place; those without words in none."""

    before: Text
    after: Text
    equal: tuple[Link, ...]
    moved: tuple[Link, ...]
    reworded: tuple[Link, ...]
    removed: tuple[int, ...]
    added: tuple[int, ...]

    def span_before(self, link: Link) -> Span:
        """From the first to the last of the link's passages in the earlier text."""
        return _over(self.before.passages, link.before)

    def span_after(self, link: Link) -> Span:
        """The same in the later text."""
        return _over(self.after.passages, link.after)

    @property
    def differs(self) -> bool:
        """Anything but equal passages."""
        return bool(self.moved or self.reworded or self.removed or self.added)


def _over(passages: Sequence[Passage], numbers: tuple[int, ...]) -> Span:
    return Span(min(passages[n].span.start for n in numbers), max(passages[n].span.end for n in numbers))


def increasing(numbers: Sequence[int]) -> list[int]:
    """Indices of a longest increasing subsequence of distinct ``numbers``, in n log n."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for index, number in enumerate(numbers):
        place = bisect_left(tails, number)
        previous.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(number)
            ends.append(index)
        else:
            tails[place] = number
            ends[place] = index
    chain: list[int] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(at)
        at = previous[at]
    return chain[::-1]


def _anchors(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Pairs that stand once in both and keep their order: the anchors of a patience diff, ends trimmed first."""
    start = 0
    shorter = min(len(before), len(after))
    while start < shorter and before[start] == after[start]:
        start += 1
    end = 0
    while end < shorter - start and before[-1 - end] == after[-1 - end]:
        end += 1
    pairs = [(n, n) for n in range(start)]
    middle = range(start, len(before) - end)
    there = range(start, len(after) - end)
    often = Counter(before[n] for n in middle)
    where: dict[Hashable, list[int]] = defaultdict(list)
    for number in there:
        where[after[number]].append(number)
    single = [(n, where[before[n]][0]) for n in middle if often[before[n]] == 1 and len(where.get(before[n], ())) == 1]
    pairs += [single[k] for k in increasing([pair[1] for pair in single])]
    pairs += [(len(before) - k, len(after) - k) for k in range(end, 0, -1)]
    return pairs


def _gaps(pairs: Sequence[tuple[int, int]], before: int, after: int) -> Iterator[tuple[range, range]]:
    """The stretches between anchors, in order."""
    i = j = 0
    for p, q in [*pairs, (before, after)]:
        if p > i or q > j:
            yield range(i, p), range(j, q)
        i, j = p + 1, q + 1


def _in_order(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Equal pairs in order: anchors, then a matcher between them where that is cheap."""
    pairs = _anchors(before, after)
    found = list(pairs)
    for here, there in _gaps(pairs, len(before), len(after)):
        if not here or not there or len(here) * len(there) > _MATCHER:
            continue
        left, right = [before[n] for n in here], [after[n] for n in there]
        if not set(left) & set(right):
            continue
        for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
            found += [(here[block.a + k], there[block.b + k]) for k in range(block.size)]
    return sorted(found)


def _blocks(text: Text) -> list[tuple[int, int]]:
    """First and past-the-last passage of each block, in order."""
    blocks: list[tuple[int, int]] = []
    for number, passage in enumerate(text.passages):
        if blocks and text.passages[number - 1].block == passage.block:
            blocks[-1] = (blocks[-1][0], number + 1)
        else:
            blocks.append((number, number + 1))
    return blocks


class _Side:
    """One text while it is aligned: what is open, its keys, and the gap that each passage stands in."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.blocks = _blocks(text)
        self.keys: dict[int, str] = {}
        self.gap: dict[int, int] = {}
        self.open: list[int] = []

    def block_keys(self) -> list[str]:
        passages = self.text.passages
        return [self.text.markdown[passages[a].span.start : passages[b - 1].span.end] for a, b in self.blocks]

    def take(self, blocks: Sequence[int], gap: int) -> list[int]:
        """Opens the passages of ``blocks``."""
        numbers = [n for k in blocks for n in range(*self.blocks[k])]
        for number in numbers:
            self.gap[number] = gap
        self.open += numbers
        return numbers

    def fold(self) -> None:
        """Computes the keys of what is open; what has no words is closed."""
        raw = [self.text.slice(self.text.passages[n].span) for n in self.open]
        self.keys = dict(zip(self.open, fold(raw), strict=True))
        self.open = [n for n in self.open if self.keys[n]]

    def close(self, numbers: Sequence[int] | set[int]) -> None:
        gone = set(numbers)
        self.open = [n for n in self.open if n not in gone]


def align(before: Text, after: Text) -> Alignment:
    """Which passages are equal, moved, reworded, removed and added from ``before`` to ``after``."""
    old, new = _Side(before), _Side(after)
    equal: list[Link] = []
    anchors = _in_order(old.block_keys(), new.block_keys())
    for p, q in anchors:
        (a, a_end), (b, b_end) = old.blocks[p], new.blocks[q]
        if a_end - a == b_end - b:
            equal += [Link((a + k,), (b + k,)) for k in range(a_end - a)]
        else:  # the same bytes cut otherwise: equal as a whole
            equal.append(Link(tuple(range(a, a_end)), tuple(range(b, b_end))))
    stretches: list[tuple[list[int], list[int]]] = []
    for gap, (here, there) in enumerate(_gaps(anchors, len(old.blocks), len(new.blocks))):
        stretches.append((old.take(here, gap), new.take(there, gap)))
    old.fold()
    new.fold()
    for left, right in stretches:
        equal += _equal_in(old, new, [n for n in left if old.keys[n]], [n for n in right if new.keys[n]])
    moved = _moved(old, new)
    reworded, same = _reworded(old, new)
    equal += same
    return Alignment(
        before,
        after,
        tuple(sorted(equal, key=lambda link: link.before)),
        tuple(sorted(moved, key=lambda link: link.after)),
        tuple(sorted(reworded, key=lambda link: link.after)),
        tuple(old.open),
        tuple(new.open),
    )


def _equal_in(old: _Side, new: _Side, left: list[int], right: list[int]) -> list[Link]:
    """Equal passages of one gap, and runs that were only cut otherwise; closes them."""
    if not left or not right:
        return []
    pairs = _in_order([old.keys[n] for n in left], [new.keys[n] for n in right])
    links = [Link((left[p],), (right[q],)) for p, q in pairs]
    for here, there in _gaps(pairs, len(left), len(right)):
        links += _recut(old, new, [left[n] for n in here], [right[n] for n in there])
    old.close({n for link in links for n in link.before})
    new.close({n for link in links for n in link.after})
    return links


def _recut(old: _Side, new: _Side, left: list[int], right: list[int]) -> list[Link]:
    """Runs of passages whose words are the same though their borders are not: split and joined paragraphs."""
    if not left or not right:
        return []
    cuts = {mark: index for index, mark in enumerate(_marks([old.keys[n] for n in left]))}
    links: list[Link] = []
    i = j = 0
    for index, mark in enumerate(_marks([new.keys[n] for n in right])):
        cut = cuts.get(mark)
        if cut is None or cut <= i or index <= j:
            continue
        if " ".join(old.keys[n] for n in left[i:cut]) == " ".join(new.keys[n] for n in right[j:index]):
            links.append(Link(tuple(left[i:cut]), tuple(right[j:index])))
            i, j = cut, index
    return links


def _marks(keys: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Length and checksum of the words before each of ``keys``, and of all: where two runs may be cut alike."""
    length = check = 0
    yield length, check
    for key in keys:
        words = f"{key} ".encode()
        length, check = length + len(words), crc32(words, check)
        yield length, check


def _moved(old: _Side, new: _Side) -> list[Link]:
    """Passages that stand elsewhere, unchanged; closes them."""
    where: dict[str, list[int]] = defaultdict(list)
    for number in new.open:
        where[new.keys[number]].append(number)
    links: list[Link] = []
    for number in old.open:
        places = where.get(old.keys[number])
        if places:
            links.append(Link((number,), (places.pop(0),)))
    old.close({n for link in links for n in link.before})
    new.close({n for link in links for n in link.after})
    return links


def _encode(keys: dict[int, str], numbers: Sequence[int], alphabet: dict[str, str]) -> dict[int, str]:
    """Each passage as a string with one character a word, so that rapidfuzz compares words."""
    return {
        n: "".join([alphabet.setdefault(word, chr(0x10000 + len(alphabet) % 0xF0000)) for word in keys[n].split()])
        for n in numbers
    }


def _reworded(old: _Side, new: _Side) -> tuple[list[Link], list[Link]]:
    """Passages that kept many of their words, best matches first; and those that prove equal when joined."""
    alphabet: dict[str, str] = {}
    left = _encode(old.keys, old.open, alphabet)
    right = _encode(new.keys, new.open, alphabet)
    scored = sorted(_scores(old, new, left, right), reverse=True)
    taken_left: dict[int, int] = {}
    taken_right: set[int] = set()
    for _, _, p, q in scored:
        p, q = -p, -q
        if p not in taken_left and q not in taken_right:
            taken_left[p] = q
            taken_right.add(q)
    free_left, free_right = set(old.open) - set(taken_left), set(new.open) - taken_right
    reworded: list[Link] = []
    equal: list[Link] = []
    for p, q in sorted(taken_left.items()):
        link = _grown(p, q, left, right, free_left, free_right)
        free_left -= set(link.before)
        free_right -= set(link.after)
        same = " ".join(old.keys[n] for n in link.before) == " ".join(new.keys[n] for n in link.after)
        (equal if same else reworded).append(link)
    old.close(set(old.open) - free_left)
    new.close(set(new.open) - free_right)
    return reworded, equal


def _scores(
    old: _Side, new: _Side, left: dict[int, str], right: dict[int, str]
) -> Iterator[tuple[float, float, int, int]]:
    """(similarity with the bonus of place, similarity, -before, -after) of all pairs that could be one passage."""
    by_gap: dict[int, dict[int, str]] = defaultdict(dict)
    lead_left, lead_right = _leads(old), _leads(new)
    stay = set(lead_left.values()) & set(lead_right.values())
    for q, text in right.items():
        by_gap[new.gap[q]][q] = text
    everywhere = len(left) * len(right) <= _COMPARED
    for p, text in left.items():
        choices = right if everywhere else by_gap.get(old.gap[p], {})
        if not choices or (not everywhere and len(choices) * len(left) > 50 * _COMPARED):
            continue
        kind = old.text.passages[p].kind is PassageKind.HEADING
        for _, similarity, q in process.extract(
            text, choices, scorer=Indel.normalized_similarity, score_cutoff=_NEAR, limit=None
        ):
            near = new.gap[q] == old.gap[p]
            if (near or similarity >= _FAR) and kind == (new.text.passages[q].kind is PassageKind.HEADING):
                worth = similarity + (_NEIGHBOUR if near else 0.0)
                lead, other = lead_left.get(p, ""), lead_right.get(q, "")
                if lead != other and (lead in stay or other in stay):
                    worth -= _NAMESAKE
                elif lead and lead == other:
                    worth += _NAMESAKE
                yield worth, similarity, -p, -q


_LEAD = re.compile(r"[\W_]{0,8}(\w[^:|\n]{0,40}?)[*_\s\\]{0,6}[:|]")


def _leads(side: _Side) -> dict[int, str]:
    """The name before a colon, or in the first cell, of each open passage that begins with one."""
    found: dict[int, str] = {}
    for number in side.open:
        lead = _LEAD.match(
            side.text.markdown, side.text.passages[number].span.start, side.text.passages[number].span.end
        )
        if lead:
            found[number] = lead[1].casefold()
    return found


def _grown(
    p: int, q: int, left: dict[int, str], right: dict[int, str], free_left: set[int], free_right: set[int]
) -> Link:
    """The link from ``p`` to ``q`` with the neighbours that it was split into or joined from."""
    here, there = [p], [q]
    best = Indel.normalized_similarity(left[p], right[q])
    for numbers, own, free in ((here, left, free_left), (there, right, free_right)):
        for step in (-1, 1):
            while True:
                neighbour = (numbers[0] if step < 0 else numbers[-1]) + step
                if neighbour not in free or len(numbers) > 4:
                    break
                longer = [neighbour, *numbers] if step < 0 else [*numbers, neighbour]
                joined = "".join(own[n] for n in longer)
                other = "".join((right if own is left else left)[n] for n in (there if own is left else here))
                similarity = Indel.normalized_similarity(joined, other)
                if similarity < best + 0.004 or not _within(own[neighbour], other):
                    break
                numbers[:] = longer
                best = similarity
    return Link(tuple(here), tuple(there))


def _within(part: str, whole: str) -> bool:
    """Whether most words of ``part`` are words of ``whole``."""
    return sum(word in whole for word in part) >= 0.75 * len(part)
