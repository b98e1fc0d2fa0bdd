"""Checks that many values of the taxonomy share: known keys, words, lists, patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from govdigest.patterns import Lexicon, PatternError, check
from govdigest.taxonomy.source import Place, SourceFile

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""A name: lower-case words joined by hyphens."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names that patterns of a provision may use: of the vocabulary, and of parameters with their types."""

    lexicon: Lexicon
    types: Mapping[str, str]


def check_keys(file: SourceFile, data: Mapping[Any, Any], path: Place, allowed: set[str]) -> None:
    """Record keys that are not ``allowed``: most are misspelt, and would be passed over in silence."""
    for key in data:
        if key not in allowed:
            file.problem((*path, str(key)), f"unknown key {key!r}: one of {', '.join(sorted(allowed))}")


def words_of(file: SourceFile, data: Mapping[str, Any], path: Place) -> str:
    """The words at ``path``, white space folded; with a problem recorded, none."""
    value = data.get(str(path[-1]))
    if not isinstance(value, str) or not value.strip():
        file.problem(path, f"{path[-1]}: words are missing")
        return ""
    return " ".join(value.split())


def listed(value: Any) -> tuple[str, ...]:
    """A list of texts, of a value that may be one text, a list, or nothing."""
    if value is None:
        return ()
    return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)


def check_patterns(file: SourceFile, value: Any, path: Place, names: Names, *, needed: bool = False) -> None:
    """Record what is wrong with a pattern, or a list of them."""
    if value is None and not needed:
        return
    for at, source in _sources(value, path):
        if not isinstance(source, str):
            file.problem(at, "a pattern is a text in quotes")
            continue
        try:
            check(source, names.lexicon, names.types)
        except PatternError as error:
            file.problem(at, f"pattern {source[:60]!r}: {error}")
    if needed and not value:
        file.problem(path, f"{path[-1]}: a pattern is missing")


def _sources(value: Any, path: Place) -> Iterator[tuple[Place, Any]]:
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield (*path, number), item
    elif value is not None:
        yield path, value
