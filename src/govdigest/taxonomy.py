"""The taxonomy: ``provisions/*.md`` and ``vocabulary.yaml``, read and checked, all problems at once.

``docs/provisions.md`` describes the format for those who write it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any

import yaml

from govdigest.model import (
    Exposure,
    Group,
    Parameter,
    PassageKind,
    Position,
    Provision,
    Scope,
    Taxonomy,
    require_slug,
)
from govdigest.patterns import Lexicon, PatternError, check

GROUPS = (
    Group("ai", "AI and your content"),
    Group("data", "Personal data"),
    Group("legal", "Liability and disputes"),
    Group("account", "Account, content and enforcement"),
    Group("commerce", "Payments"),
    Group("oversight", "Notice and oversight"),
)
PARAMETER_TYPES = ("duration", "amount", "jurisdiction", "age", "place", "list")
LARGEST = 1_000_000
"""Bytes of a file of the taxonomy."""

_PROVISION = {"group", "order", "name", "question", "measured", "salience", "positions", "parameters", "find"}
_POSITION = {"name", "exposure", "sentence", "sentence-without", "why", "ask"}
_PARAMETER = {"name", "type", "values", "patterns", "where", "most", "positions"}
_FIND = {"rules", "ignore", "ignore-headings", "scopes", "decide"}
_WHERE = ("before", "after", "near", "section", "document")
_PATTERN_KEYS = {"any", "all", "not", "heading", "not-heading", *_WHERE, *(f"not-{where}" for where in _WHERE)}
_RULE = {"position", "signal", "polarity", "kinds", "scope", "strength", "weight", "note", *_PATTERN_KEYS}
_DECIDE = {"order", "combine", "by-scope", "regional", "contrast", "least", "quotes"}
_COMBINE = {"when", "unless", "give"}
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class TaxonomyProblem:
    """Something that must be mended, and where."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


class TaxonomyError(Exception):
    """A taxonomy that cannot be used. ``problems`` tells everything that is wrong with it."""

    def __init__(self, problems: Sequence[TaxonomyProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


_Path = tuple[str | int, ...]


@dataclass(slots=True)
class _File:
    """A parsed file that knows in which line each of its values stands."""

    name: str
    node: yaml.Node | None
    first: int
    """Lines before the YAML begins."""
    problems: list[TaxonomyProblem] = field(default_factory=list)

    def line(self, path: _Path) -> int:
        """The line of the value at ``path``, or of the nearest thing around it."""
        node, line = self.node, 1
        for step in path:
            if isinstance(node, yaml.MappingNode):
                pair = next(((k, v) for k, v in node.value if getattr(k, "value", None) == str(step)), None)
                if pair is None:
                    break
                line, node = pair[0].start_mark.line + 1, pair[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line + 1
            else:
                break
        return self.first + line

    def problem(self, path: _Path, reason: str) -> None:
        """Record ``reason``."""
        self.problems.append(TaxonomyProblem(self.name, self.line(path), reason))

    def duplicates(self) -> None:
        """Record keys that stand twice: YAML would drop the first without a word."""
        waiting: list[yaml.Node] = [self.node] if self.node else []
        while waiting:
            node = waiting.pop()
            if isinstance(node, yaml.MappingNode):
                seen: set[str] = set()
                for key, value in node.value:
                    name = str(getattr(key, "value", ""))
                    if name in seen:
                        line = self.first + key.start_mark.line + 1
                        self.problems.append(TaxonomyProblem(self.name, line, f"'{name}' stands twice"))
                    seen.add(name)
                    waiting.append(value)
            elif isinstance(node, yaml.SequenceNode):
                waiting.extend(node.value)


def load(folders: Sequence[Path]) -> Taxonomy:
    """The taxonomy of ``folders``, each with ``provisions/*.md`` and perhaps ``vocabulary.yaml``.

    A later folder's provision replaces an earlier one of the same name; of a vocabulary, the names that the
    later one gives. Raises :class:`TaxonomyError` with everything that is wrong.
    """
    problems: list[TaxonomyProblem] = []
    vocabulary: dict[str, tuple[str, ...]] = {}
    paths: dict[str, Path] = {}
    digest = hashlib.sha256()
    words_files: list[_File] = []
    for folder in folders:
        words_path = folder / "vocabulary.yaml"
        if words_path.is_file():
            source = _text(words_path, problems)
            digest.update(source.encode())
            file, data = _yaml(str(words_path), source, 0)
            vocabulary.update(_vocabulary(file, data))
            words_files.append(file)
        for path in sorted((folder / "provisions").glob("*.md")):
            paths[path.stem] = path
    lexicon = Lexicon(vocabulary)
    for file in words_files:
        _check_vocabulary(file, lexicon)
        problems += file.problems
    provisions: list[tuple[tuple[int, int, str], Provision]] = []
    for stem, path in sorted(paths.items()):
        source = _text(path, problems)
        digest.update(f"\0{stem}\0{source}".encode())
        file, made = _provision(path, stem, source, lexicon)
        problems += file.problems
        if made is not None and not file.problems:
            provisions.append(made)
    if not paths and not problems:
        where = ", ".join(str(folder / "provisions") for folder in folders) or "no folder at all"
        problems.append(TaxonomyProblem(where, 0, "there is no provision"))
    if problems:
        raise TaxonomyError(problems)
    provisions.sort(key=lambda item: item[0])
    return Taxonomy(
        groups=GROUPS,
        provisions=tuple(provision for _, provision in provisions),
        vocabulary=MappingProxyType(vocabulary),
        hash=digest.hexdigest(),
    )


def _text(path: Path, problems: list[TaxonomyProblem]) -> str:
    raw = path.read_bytes()
    if len(raw) > LARGEST:
        problems.append(TaxonomyProblem(str(path), 1, f"larger than {LARGEST} bytes"))
        return ""
    try:
        return raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        problems.append(TaxonomyProblem(str(path), line, "not UTF-8"))
        return ""


def _yaml(name: str, source: str, first: int) -> tuple[_File, Any]:
    loader = _LOADER(source)
    try:
        node = loader.get_single_node()
        data = loader.construct_document(node) if node is not None else {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        file = _File(name, None, first)
        mark = getattr(error, "problem_mark", None)
        line = first + (mark.line + 1 if mark is not None else 1)
        reason = " ".join(str(getattr(error, "problem", None) or error).split())
        file.problems.append(TaxonomyProblem(name, line, f"not YAML: {reason}"))
        return file, None
    finally:
        loader.dispose()
    file = _File(name, node, first)
    file.duplicates()
    return file, data


# --------------------------------------------------------------------------- vocabulary


def _vocabulary(file: _File, data: Any) -> dict[str, tuple[str, ...]]:
    made: dict[str, tuple[str, ...]] = {}
    if data is None:
        return made
    if not isinstance(data, Mapping):
        file.problem((), "a vocabulary maps names to lists of phrases")
        return made
    for name, phrases in data.items():
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            file.problem((str(name),), f"{name!r} is no name: lower-case words joined by hyphens")
        elif not _strings(phrases) or not phrases:
            file.problem((name,), f"{name}: a list of phrases, each in quotes")
        else:
            made[name] = tuple(phrases)
    return made


def _check_vocabulary(file: _File, lexicon: Lexicon) -> None:
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


# --------------------------------------------------------------------------- provisions


@dataclass(frozen=True, slots=True)
class _Checker:
    """What patterns of a provision may use."""

    lexicon: Lexicon
    types: Mapping[str, str]


def _provision(
    path: Path, stem: str, source: str, lexicon: Lexicon
) -> tuple[_File, tuple[tuple[int, int, str], Provision] | None]:
    parts = re.match(r"---\n(.*?\n)---[ \t]*(?:\n|\Z)", source, re.DOTALL)
    if parts is None:
        file = _File(str(path), None, 0)
        if source:
            file.problem((), "no front matter between two lines of '---' at the top")
        return file, None
    file, data = _yaml(str(path), parts[1], 1)
    if file.problems:
        return file, None
    if not isinstance(data, Mapping):
        file.problem((), "the front matter is no mapping")
        return file, None
    _keys(file, data, (), _PROVISION)
    try:
        require_slug(stem)
    except ValueError:
        file.problem((), f"the file's name is the provision's slug, and {stem!r} is none")
    groups = [group.slug for group in GROUPS]
    group = data.get("group")
    if group not in groups:
        file.problem(("group",), f"unknown group {group!r}: one of {', '.join(groups)}")
    order = data.get("order", 100)
    if not isinstance(order, int) or isinstance(order, bool):
        file.problem(("order",), "order: a whole number")
        order = 100
    measured = data.get("measured", True)
    if not isinstance(measured, bool):
        file.problem(("measured",), "measured: true or false")
    salience = data.get("salience", 1.0)
    if isinstance(salience, bool) or not isinstance(salience, int | float) or not 0 <= salience <= 3:
        file.problem(("salience",), "salience: a number from 0 to 3")
        salience = 1.0
    parameters, readings = _parameters(file, data.get("parameters"))
    positions = _positions(file, data.get("positions"), {parameter.slug for parameter in parameters})
    slugs = {position.slug for position in positions}
    types = {parameter.slug: parameter.type for parameter in parameters}
    checker = _Checker(lexicon, types)
    _check_readings(file, readings, slugs, checker)
    find = data.get("find")
    if isinstance(find, Mapping):
        _check_find(file, find, slugs, checker)
    else:
        file.problem(("find",), "find: the rules by which the positions are found")
        find = {}
    provision = Provision(
        slug=stem,
        group=str(group),
        name=_words(file, data, ("name",)),
        question=_words(file, data, ("question",)),
        positions=tuple(positions),
        parameters=tuple(parameters),
        body=source[parts.end() :].strip() + "\n",
        find=MappingProxyType({**find, "parameters": readings}),
        path=str(path),
        measured=bool(measured),
        salience=float(salience),
    )
    key = (groups.index(group) if group in groups else len(groups), order, stem)
    return file, (key, provision)


def _keys(file: _File, data: Mapping[Any, Any], path: _Path, allowed: set[str]) -> None:
    for key in data:
        if key not in allowed:
            file.problem((*path, str(key)), f"unknown key {key!r}: one of {', '.join(sorted(allowed))}")


def _words(file: _File, data: Mapping[str, Any], path: _Path) -> str:
    value = data.get(str(path[-1]))
    if not isinstance(value, str) or not value.strip():
        file.problem(path, f"{path[-1]}: words are missing")
        return ""
    return " ".join(value.split())


def _positions(file: _File, data: Any, parameters: set[str]) -> list[Position]:
    made: list[Position] = []
    if not isinstance(data, Mapping) or not data:
        file.problem(("positions",), "positions: the possible answers, each with its slug as key")
        return made
    for slug, raw in data.items():
        path: _Path = ("positions", str(slug))
        if not isinstance(slug, str) or not _NAME.fullmatch(slug):
            file.problem(path, f"{slug!r} is no slug")
            continue
        if not isinstance(raw, Mapping):
            file.problem(path, f"position {slug}: name, exposure, sentence, why and ask are missing")
            continue
        _keys(file, raw, path, _POSITION)
        exposures = [exposure.value for exposure in Exposure]
        exposure = raw.get("exposure")
        if exposure not in exposures:
            file.problem((*path, "exposure"), f"position {slug}: exposure is one of {', '.join(exposures)}")
            exposure = "medium"
        sentence = _words(file, raw, (*path, "sentence"))
        without = _words(file, {"sentence-without": sentence, **raw}, (*path, "sentence-without"))
        for key, value, allowed in (("sentence", sentence, parameters), ("sentence-without", without, set())):
            for name in _fields(file, value, (*path, key)):
                if name not in allowed:
                    what = "has no parameter of that name" if key == "sentence" else "must do without parameters"
                    file.problem((*path, key if key in raw else "sentence"), f"position {slug}: {{{name}}}: it {what}")
        made.append(
            Position(
                slug=slug,
                name=_words(file, raw, (*path, "name")),
                exposure=Exposure(exposure),
                sentence=sentence,
                sentence_without=without,
                why=_words(file, raw, (*path, "why")),
                ask=_words(file, raw, (*path, "ask")),
            )
        )
    return made


def _fields(file: _File, sentence: str, path: _Path) -> list[str]:
    try:
        return [name for _, name, _, _ in Formatter().parse(sentence) if name is not None]
    except ValueError as error:
        file.problem(path, f"braces: {error}")
        return []


def _parameters(file: _File, data: Any) -> tuple[list[Parameter], dict[str, Mapping[str, Any]]]:
    made: list[Parameter] = []
    readings: dict[str, Mapping[str, Any]] = {}
    if data is None:
        return made, readings
    if not isinstance(data, Mapping):
        file.problem(("parameters",), "parameters: a mapping with each parameter's slug as key")
        return made, readings
    for slug, raw in data.items():
        path: _Path = ("parameters", str(slug))
        if not isinstance(slug, str) or not re.fullmatch(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", slug):
            file.problem(path, f"{slug!r} is no slug")
            continue
        if not isinstance(raw, Mapping):
            file.problem(path, f"parameter {slug}: name and type are missing")
            continue
        _keys(file, raw, path, _PARAMETER)
        if raw.get("type") not in PARAMETER_TYPES:
            file.problem((*path, "type"), f"parameter {slug}: type is one of {', '.join(PARAMETER_TYPES)}")
            continue
        made.append(Parameter(slug=slug, name=_words(file, raw, (*path, "name")), type=str(raw["type"])))
        readings[slug] = raw
    return made, readings


def _check_readings(
    file: _File, readings: Mapping[str, Mapping[str, Any]], positions: set[str], checker: _Checker
) -> None:
    for slug, raw in readings.items():
        path: _Path = ("parameters", slug)
        _check_patterns(file, raw.get("patterns"), (*path, "patterns"), checker)
        values = raw.get("values") or {}
        if not isinstance(values, Mapping):
            file.problem((*path, "values"), f"{slug}: values map each value to its patterns")
            values = {}
        for value, patterns in values.items():
            _check_patterns(file, patterns, (*path, "values", str(value)), checker, needed=True)
        if raw.get("where", "finding") not in {"finding", "section", "document"}:
            file.problem((*path, "where"), "where: finding, section or document")
        if not isinstance(raw.get("most", 1), int):
            file.problem((*path, "most"), "most: a whole number")
        for position in _listed(raw.get("positions")):
            if position not in positions:
                file.problem((*path, "positions"), f"unknown position {position!r}")


def _check_find(file: _File, find: Mapping[str, Any], positions: set[str], checker: _Checker) -> None:
    _keys(file, find, ("find",), _FIND)
    for key in ("ignore", "ignore-headings"):
        _check_patterns(file, find.get(key), ("find", key), checker)
    scopes = find.get("scopes") or {}
    if isinstance(scopes, Mapping):
        for scope, patterns in scopes.items():
            if scope not in {Scope.BUSINESS.value, Scope.CONSUMER.value}:
                file.problem(("find", "scopes", str(scope)), f"unknown scope {scope!r}: business or consumer")
            _check_patterns(file, patterns, ("find", "scopes", str(scope)), checker, needed=True)
    else:
        file.problem(("find", "scopes"), "scopes: a mapping with 'business' and 'consumer'")
    rules = find.get("rules")
    if not isinstance(rules, list) or not rules:
        file.problem(("find", "rules"), "rules: a list, with one rule at least")
        return
    signals: set[str] = set()
    given: set[str] = set()
    for number, rule in enumerate(rules):
        path: _Path = ("find", "rules", number)
        if not isinstance(rule, Mapping):
            file.problem(path, "a rule is a mapping")
            continue
        _check_rule(file, rule, path, positions, checker)
        signals |= {str(rule["signal"])} if "signal" in rule else set()
        given |= {str(rule.get("position"))}
    given |= _check_decide(file, find.get("decide"), positions, signals)
    for slug in sorted(positions - given):
        file.problem(("positions", slug), f"no rule gives position {slug}")


def _check_rule(file: _File, rule: Mapping[str, Any], path: _Path, positions: set[str], checker: _Checker) -> None:
    _keys(file, rule, path, _RULE)
    if ("position" in rule) == ("signal" in rule):
        file.problem(path, "a rule gives either a position or a signal")
    if "position" in rule and rule["position"] not in positions:
        file.problem(
            (*path, "position"), f"unknown position {rule['position']!r}: one of {', '.join(sorted(positions))}"
        )
    if "signal" in rule and (rule["signal"] in positions or not _NAME.fullmatch(str(rule["signal"]))):
        file.problem((*path, "signal"), "a signal has a name of its own, lower-case words joined by hyphens")
    _check_patterns(file, rule.get("any"), (*path, "any"), checker, needed=True)
    every = rule.get("all", [])
    if isinstance(every, list):
        for number, item in enumerate(every):
            _check_patterns(file, item, (*path, "all", number), checker, needed=True)
    else:
        file.problem((*path, "all"), "all: a list; each item a pattern, or a list of which one must match")
    for key in sorted(_PATTERN_KEYS - {"any", "all"}):
        _check_patterns(file, rule.get(key), (*path, key), checker)
    for key, allowed in (
        ("polarity", {"affirmed", "denied", "any"}),
        ("strength", {"explicit", "inferred"}),
        ("scope", {scope.value for scope in Scope}),
    ):
        if key in rule and rule[key] not in allowed:
            file.problem((*path, key), f"{key}: one of {', '.join(sorted(allowed))}")
    kinds = {kind.value for kind in PassageKind}
    for kind in _listed(rule.get("kinds")):
        if kind not in kinds:
            file.problem((*path, "kinds"), f"unknown kind of passage {kind!r}: one of {', '.join(sorted(kinds))}")
    weight = rule.get("weight", 1)
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 < weight <= 10:
        file.problem((*path, "weight"), "weight: a number above 0, 10 at most")


def _check_decide(file: _File, decide: Any, positions: set[str], signals: set[str]) -> set[str]:
    path: _Path = ("find", "decide")
    given: set[str] = set()
    if decide is None:
        return given
    if not isinstance(decide, Mapping):
        file.problem(path, "decide: a mapping")
        return given
    _keys(file, decide, path, _DECIDE)
    for slug in _listed(decide.get("order")):
        if slug not in positions:
            file.problem((*path, "order"), f"unknown position {slug!r}")
    if decide.get("regional", "fallback") not in {"fallback", "equal", "ignore"}:
        file.problem((*path, "regional"), "regional: fallback, equal or ignore")
    for key in ("by-scope", "contrast"):
        if not isinstance(decide.get(key, True), bool):
            file.problem((*path, key), f"{key}: true or false")
    least = decide.get("least", 1)
    if isinstance(least, bool) or not isinstance(least, int | float):
        file.problem((*path, "least"), "least: a number")
    quotes = decide.get("quotes", 3)
    if isinstance(quotes, bool) or not isinstance(quotes, int) or not 1 <= quotes <= 4:
        file.problem((*path, "quotes"), "quotes: 1 to 4")
    combine = decide.get("combine", [])
    if not isinstance(combine, list):
        file.problem((*path, "combine"), "combine: a list")
        combine = []
    for number, raw in enumerate(combine):
        at: _Path = (*path, "combine", number)
        if not isinstance(raw, Mapping) or "when" not in raw or "give" not in raw:
            file.problem(at, "a combination has 'when' (positions or signals) and 'give' (a position)")
            continue
        _keys(file, raw, at, _COMBINE)
        for name in (*_listed(raw["when"]), *_listed(raw.get("unless"))):
            if name not in positions | signals:
                file.problem(at, f"{name!r} is neither a position nor a signal of a rule")
        if raw["give"] not in positions:
            file.problem(at, f"unknown position {raw['give']!r}")
        given.add(str(raw["give"]))
    return given


def _check_patterns(file: _File, value: Any, path: _Path, checker: _Checker, *, needed: bool = False) -> None:
    if value is None and not needed:
        return
    for at, source in _sources(value, path):
        if not isinstance(source, str):
            file.problem(at, "a pattern is a text in quotes")
            continue
        try:
            check(source, checker.lexicon, checker.types)
        except PatternError as error:
            file.problem(at, f"pattern {source[:60]!r}: {error}")
    if needed and not value:
        file.problem(path, f"{path[-1]}: a pattern is missing")


def _sources(value: Any, path: _Path) -> Iterator[tuple[_Path, Any]]:
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield (*path, number), item
    elif value is not None:
        yield path, value


def _listed(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)


__all__ = ["GROUPS", "TaxonomyError", "TaxonomyProblem", "load"]
