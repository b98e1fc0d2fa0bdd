"""Short quotes for reasons: a passage's opening, and the place where two passages differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

_OPENING = 120
_SIDE = 58
"""Letters of each side of a rewording: both fit a headline."""
_WHOLE = 134
"""Letters of two texts that are quoted whole."""
_REWRITTEN = 0.7
"""Share of the words of both texts from which there is no place where they differ: they are two texts."""
_WORD = 40
"""Letters of a word, or an address, from which it is cut."""
_AROUND = 9
"""Words that are shown before and behind those that differ."""
_APART = 2
"""Equal words between two places that differ, up to which they are told as one."""
_BARE = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where two passages differ: words of each, from the first that differs to the last."""

    before: tuple[int, int]
    after: tuple[int, int]


def snippet(text: str, length: int = _OPENING) -> str:
    """``text`` in quotation marks, cut at a word."""
    text = " ".join(text.split())
    if len(text) > length:
        text = text[:length].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
    return f"“{text}”"


Tells = Callable[[str], int]
"""How much of what is to be told some words hold."""


def rewording(before: str, after: str, tells: Tells | None = None) -> str:
    """'Reworded from “… will not share …” to “… will share …”': what ``tells`` most, and short texts whole."""
    old, new = before.split(), after.split()
    place = _telling_place(old, new, tells)
    if place is None:
        return f"Rewords {snippet(after)}"
    if len(before) + len(after) <= _WHOLE:
        return f"Reworded from {snippet(before)} to {snippet(after)}"
    if changed_words(before, after) > _REWRITTEN * (len(old) + len(new)):
        return f"Reworded to {snippet(after)}"
    was, now = _quoted(old, place.before, tells=tells), _quoted(new, place.after, tells=tells)
    return f"Rewords {snippet(after)}" if was == now else f"Reworded from {was} to {now}"


def around(before: str, after: str, tells: Tells | None = None, *, later: bool = True, length: int = 110) -> str:
    """The words of ``after`` (of ``before`` where not ``later``) about the place where they differ that tells most."""
    old, new = before.split(), after.split()
    place = _telling_place(old, new, tells)
    if place is None:
        return snippet(after if later else before, length)
    words, at = (new, place.after) if later else (old, place.before)
    return _quoted(words, at, length, 8, tells)


def exchanged(before: str, after: str, tells: Tells) -> bool:
    """Whether words went and others came at the place that ``tells`` most."""
    place = _telling_place(before.split(), after.split(), tells)
    return place is not None and place.before[0] < place.before[1] and place.after[0] < place.after[1]


def about(text: str, part: str, length: int) -> str:
    """The words of ``text`` about ``part``, which it holds, in quotation marks; empty where it does not."""
    text = " ".join(text.split())
    start = text.find(" ".join(part.split()))
    if start < 0:
        return ""
    first = text.count(" ", 0, start)
    return _quoted(text.split(), (first, first + part.strip().count(" ") + 1), length, 5)


def changed_words(before: str, after: str) -> int:
    """Words of both passages from the first that differs to the last of each place."""
    return sum(
        place.before[1] - place.before[0] + place.after[1] - place.after[0]
        for place in _places(before.split(), after.split())
    )


def _key(word: str) -> str:
    return _BARE.sub("", word).casefold()


def _places(old: Sequence[str], new: Sequence[str]) -> list[Place]:
    found: list[Place] = []
    for op in LCSseq.opcodes([_key(word) for word in old], [_key(word) for word in new]):
        if op.tag == "equal":
            continue
        place = Place((op.src_start, op.src_end), (op.dest_start, op.dest_end))
        last = found[-1] if found else None
        if last is not None and place.before[0] - last.before[1] <= _APART and place.after[0] - last.after[1] <= _APART:
            found[-1] = Place((last.before[0], place.before[1]), (last.after[0], place.after[1]))
        else:
            found.append(place)
    return found


def _telling_place(old: Sequence[str], new: Sequence[str], tells: Tells | None) -> Place | None:
    places = [
        place for place in _places(old, new) if any(map(_key, [*old[slice(*place.before)], *new[slice(*place.after)]]))
    ]
    if not places:
        return None

    def told(place: Place) -> int:
        if tells is None:
            return 0
        return tells(" ".join(old[slice(*place.before)])) + tells(" ".join(new[slice(*place.after)]))

    return max(places, key=told)  # the first of those that tell the same


def _quoted(
    words: Sequence[str],
    place: tuple[int, int],
    length: int = _SIDE,
    near: int = _AROUND,
    tells: Tells | None = None,
) -> str:
    """The words at ``place`` and some about it, in quotation marks; what is left out is marked.

    Of a place that is too long, the part that ``tells`` most.
    """
    start, end = place
    first, last = max(0, start - near), min(len(words), end + near)

    def written(first: int, last: int) -> str:
        opening, closing = "… " if first else "", " …" if last < len(words) else ""
        shown = [word if len(word) <= _WORD else f"{word[: _WORD - 2]}…" for word in words[first:last]]
        return f"{opening}{' '.join(shown)}{closing}"

    while len(written(first, last)) > length and (last > end or first < start):
        if last - end >= start - first and last > end:
            last -= 1
        else:
            first += 1
    if len(written(first, last)) > length:
        parts = []
        for begin in range(start, end):
            stop = begin + 1
            while stop < end and len(written(begin, stop + 1)) <= length:
                stop += 1
            parts.append((begin, stop))
            if tells is None or stop == end:
                break
        first, last = max(parts, key=lambda part: tells(" ".join(words[slice(*part)])) if tells else 0)
    return f"“{written(first, last)}”"
