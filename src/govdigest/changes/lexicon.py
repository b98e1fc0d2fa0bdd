"""The words that carry force in a policy: which permit, oblige, forbid, name a party, a purpose, a category of data.

Grammar rather than law: what a document *states* is the taxonomy's; here is only what makes a rewording more than
wording. The words themselves stand in ``lexicon.yaml`` beside this module.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


class Sense(StrEnum):
    """What kind of force a phrase has; the value is what readers see."""

    PERMISSION = "permission"
    OBLIGATION = "obligation"
    PROMISE = "promise"
    NEGATION = "negation"
    CONDITION = "condition"
    RIGHT = "right"
    WAIVER = "waiver or limit"
    PARTY = "party"
    PURPOSE = "purpose"
    DATA = "category of data"
    EXTENT = "extent"
    PLACE = "place"


Concept = tuple[Sense, str]

WEAK: frozenset[Concept] = frozenset(
    {
        (Sense.PERMISSION, "can"),
        (Sense.PROMISE, "will"),
        (Sense.EXTENT, "all"),
        (Sense.EXTENT, "some"),
        (Sense.EXTENT, "immediately"),
        (Sense.EXTENT, "at least"),
        (Sense.EXTENT, "at most"),
        (Sense.EXTENT, "sole"),
        (Sense.CONDITION, "reasonable"),
        (Sense.OBLIGATION, "responsible"),
        (Sense.PURPOSE, "improvement"),
        (Sense.RIGHT, "access"),
        (Sense.DATA, "personal data"),
    }
)
"""Concepts whose coming or going alone makes a sentence no other: 'you can control' says no more than 'you control'."""

_Word = tuple[str, bool]
"""A word, and whether any ending will do."""
_Entry = tuple[int | None, tuple[tuple[tuple[_Word, ...], int], ...]]
"""A word's own concept, and phrases with theirs."""
_MET = 50_000
"""Words that are remembered."""


class _Lexicon:
    """The phrases, laid out so that a word is looked up once."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.small = frozenset(data.pop("small"))
        phrases: dict[str, dict[str, list[str]]] = data
        self.concepts: list[Concept] = []
        self.exact: dict[str, int] = {}
        self.stems: dict[str, list[tuple[str, int]]] = {}
        """By their first three letters."""
        self.phrases: dict[str, list[tuple[tuple[_Word, ...], int]]] = {}
        """Of several words, by the first three letters of the first."""
        self.met: dict[str, _Entry] = {}
        """Words that were looked up already."""
        for sense, names in phrases.items():
            for name, forms in names.items():
                number = len(self.concepts)
                self.concepts.append((Sense(sense), name))
                for form in forms:
                    self._add(form, number)

    def _add(self, form: str, number: int) -> None:
        words = tuple((word.rstrip("*"), word.endswith("*")) for word in form.split())
        if len(words) > 1:
            self.phrases.setdefault(words[0][0][:3], []).append((words, number))
        elif words[0][1]:
            self.stems.setdefault(words[0][0][:3], []).append((words[0][0], number))
        else:
            self.exact[words[0][0]] = number

    def meet(self, word: str) -> _Entry:
        """The concept of a word by itself, if it has one, and the phrases that may begin with it."""
        start = word[:3]
        number = self.exact.get(word)
        if number is None:
            number = next((candidate for stem, candidate in self.stems.get(start, ()) if word.startswith(stem)), None)
        phrases = tuple(
            (phrase, candidate)
            for phrase, candidate in self.phrases.get(start, ())
            if (word.startswith(phrase[0][0]) if phrase[0][1] else word == phrase[0][0])
        )
        if len(self.met) >= _MET:
            self.met.clear()
        self.met[word] = number, phrases
        return number, phrases


@cache
def _lexicon() -> _Lexicon:
    """Read when the first passage is weighed: a build weighs none."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = files(__package__).joinpath("lexicon.yaml").read_text(encoding="utf-8")
    return _Lexicon(yaml.load(text, Loader=loader))  # noqa: S506 (both loaders are safe)


def concepts(words: str) -> dict[Concept, int]:
    """The concepts that ``words`` (in the normal form) name, in the order of the lexicon, each with its count."""
    lexicon = _lexicon()
    found: dict[int, int] = {}
    tokens = words.split()
    for index, word in enumerate(tokens):
        entry = lexicon.met.get(word)
        if entry is None:
            entry = lexicon.meet(word)
        number, phrases = entry
        if number is not None:
            found[number] = found.get(number, 0) + 1
        for phrase, candidate in phrases:
            if len(tokens) - index >= len(phrase) and all(
                tokens[index + k].startswith(part) if open_end else tokens[index + k] == part
                for k, (part, open_end) in enumerate(phrase)
            ):
                found[candidate] = found.get(candidate, 0) + 1
    return {lexicon.concepts[number]: found[number] for number in sorted(found)}


def is_small(word: str) -> bool:
    """Whether ``word`` is an article, a pronoun, a preposition."""
    return word in _lexicon().small
