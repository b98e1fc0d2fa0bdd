"""A provision's possible answers: its positions, and the parameters that they may carry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter
from typing import Any

from govdigest.model import Exposure, Parameter, Position
from govdigest.taxonomy.shapes import NAME, Names, check_keys, check_patterns, listed, words_of
from govdigest.taxonomy.source import Place, SourceFile

PARAMETER_TYPES = ("duration", "amount", "jurisdiction", "age", "place", "list")
_POSITION = {"name", "exposure", "sentence", "sentence-without", "why", "ask"}
_PARAMETER = {"name", "type", "values", "patterns", "phrases", "where", "most", "positions", "labels"}


def read_positions(file: SourceFile, data: Any, parameters: set[str]) -> list[Position]:
    """The positions that are well formed; ``parameters`` are those that their sentences may name."""
    made: list[Position] = []
    if not isinstance(data, Mapping) or not data:
        file.problem(("positions",), "positions: the possible answers, each with its slug as key")
        return made
    for slug, raw in data.items():
        path: Place = ("positions", str(slug))
        if not isinstance(slug, str) or not NAME.fullmatch(slug):
            file.problem(path, f"{slug!r} is no slug")
            continue
        if not isinstance(raw, Mapping):
            file.problem(path, f"position {slug}: name, exposure, sentence, why and ask are missing")
            continue
        check_keys(file, raw, path, _POSITION)
        exposures = [exposure.value for exposure in Exposure]
        exposure = raw.get("exposure")
        if exposure not in exposures:
            file.problem((*path, "exposure"), f"position {slug}: exposure is one of {', '.join(exposures)}")
            exposure = "medium"
        sentence = words_of(file, raw, (*path, "sentence"))
        without = words_of(file, {"sentence-without": sentence, **raw}, (*path, "sentence-without"))
        for key, value, allowed in (("sentence", sentence, parameters), ("sentence-without", without, set())):
            for name in _fields(file, value, (*path, key)):
                if name not in allowed:
                    what = "has no parameter of that name" if key == "sentence" else "must do without parameters"
                    file.problem((*path, key if key in raw else "sentence"), f"position {slug}: {{{name}}}: it {what}")
        made.append(
            Position(
                slug=slug,
                name=words_of(file, raw, (*path, "name")),
                exposure=Exposure(exposure),
                sentence=sentence,
                sentence_without=without,
                why=words_of(file, raw, (*path, "why")),
                ask=words_of(file, raw, (*path, "ask")),
            )
        )
    return made


def _fields(file: SourceFile, sentence: str, path: Place) -> list[str]:
    try:
        return [name for _, name, _, _ in Formatter().parse(sentence) if name is not None]
    except ValueError as error:
        file.problem(path, f"braces: {error}")
        return []


def read_parameters(file: SourceFile, data: Any) -> tuple[list[Parameter], dict[str, Mapping[str, Any]]]:
    """The parameters that are well formed, and for each how its values are read."""
    made: list[Parameter] = []
    readings: dict[str, Mapping[str, Any]] = {}
    if data is None:
        return made, readings
    if not isinstance(data, Mapping):
        file.problem(("parameters",), "parameters: a mapping with each parameter's slug as key")
        return made, readings
    for slug, raw in data.items():
        path: Place = ("parameters", str(slug))
        if not isinstance(slug, str) or not re.fullmatch(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", slug):
            file.problem(path, f"{slug!r} is no slug")
            continue
        if not isinstance(raw, Mapping):
            file.problem(path, f"parameter {slug}: name and type are missing")
            continue
        check_keys(file, raw, path, _PARAMETER)
        if raw.get("type") not in PARAMETER_TYPES:
            file.problem((*path, "type"), f"parameter {slug}: type is one of {', '.join(PARAMETER_TYPES)}")
            continue
        labels = _labels(file, raw, (*path, "labels"))
        made.append(Parameter(slug, words_of(file, raw, (*path, "name")), str(raw["type"]), labels))
        readings[slug] = raw
    return made, readings


def _labels(file: SourceFile, raw: Mapping[str, Any], path: Place) -> Mapping[str, str]:
    """What readers see of some of the parameter's values."""
    labels, values = raw.get("labels"), raw.get("values")
    if labels is None:
        return {}
    if not isinstance(labels, Mapping) or not isinstance(values, Mapping):
        file.problem(path, "labels map values of a list to words")
        return {}
    for value in labels:
        if value not in values:
            file.problem((*path, str(value)), f"labels: {value!r} is none of the values")
    return {str(value): words_of(file, labels, (*path, str(value))) for value in labels}


def check_readings(
    file: SourceFile, readings: Mapping[str, Mapping[str, Any]], positions: set[str], names: Names
) -> None:
    """Record what is wrong with the ways in which parameters are read."""
    for slug, raw in readings.items():
        path: Place = ("parameters", slug)
        check_patterns(file, raw.get("patterns"), (*path, "patterns"), names)
        check_patterns(file, raw.get("phrases"), (*path, "phrases"), names)
        values = raw.get("values") or {}
        if not isinstance(values, Mapping):
            file.problem((*path, "values"), f"{slug}: values map each value to its patterns")
            values = {}
        for value, patterns in values.items():
            check_patterns(file, patterns, (*path, "values", str(value)), names, needed=True)
        if raw.get("where", "finding") not in {"finding", "near", "section", "nearest", "document"}:
            file.problem((*path, "where"), "where: finding, near, section, nearest or document")
        if not isinstance(raw.get("most", 1), int):
            file.problem((*path, "most"), "most: a whole number")
        for position in listed(raw.get("positions")):
            if position not in positions:
                file.problem((*path, "positions"), f"unknown position {position!r}")
