"""``vocabulary.yaml``: names for the phrases that provisions share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from govdigest.patterns import Lexicon, PatternError, check
from govdigest.taxonomy.shapes import NAME
from govdigest.taxonomy.source import SourceFile


def read_vocabulary(file: SourceFile, data: Any) -> dict[str, tuple[str, ...]]:
    """Names with their phrases, those left out that are malformed."""
    made: dict[str, tuple[str, ...]] = {}
    if data is None:
        return made
    if not isinstance(data, Mapping):
        file.problem((), "a vocabulary maps names to lists of phrases")
        return made
    for name, phrases in data.items():
        if not isinstance(name, str) or not NAME.fullmatch(name):
            file.problem((str(name),), f"{name!r} is no name: lower-case words joined by hyphens")
        elif not _strings(phrases) or not phrases:
            file.problem((name,), f"{name}: a list of phrases, each in quotes")
        else:
            made[name] = tuple(phrases)
    return made


def check_vocabulary(file: SourceFile, lexicon: Lexicon) -> None:
    """Record phrases that are no patterns; only the whole vocabulary tells, since names use names."""
    if not isinstance(file.node, yaml.MappingNode):
        return
    for key, _ in file.node.value:
        for number, phrase in enumerate(lexicon.vocabulary.get(key.value, ())):
            try:
                check(phrase, lexicon, {})
            except PatternError as error:
                file.problem((key.value, number), f"{key.value}: {error}")


def _strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
