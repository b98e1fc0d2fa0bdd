"""The shapes a value can have: each reads a node, tells what is wrong with it, and describes itself to editors.

One description for both, so that the JSON Schema cannot accept what the program refuses for its form.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

import yaml

from govdigest.config.problems import Problem
from govdigest.config.tree import is_merge
from govdigest.model import SLUG, SLUG_LENGTH

Schema = dict[str, Any]


MOST_PROBLEMS = 500
"""More are not collected: such a file is not a configuration with mistakes."""


class TooManyProblemsError(Exception):
    """Stops the reading."""


class Missing:
    """What a field that could not be read holds until its problem is raised."""


MISSING = Missing()


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file a value stands, and the list that problems go to."""

    file: str
    path: str
    problems: list[Problem]

    def key(self, name: str) -> Place:
        """The place of a key below."""
        return Place(self.file, f"{self.path}.{name}" if self.path else name, self.problems)

    def item(self, index: int) -> Place:
        """The place of a list's item below."""
        return Place(self.file, f"{self.path}[{index}]", self.problems)

    def wrong(self, node: yaml.Node, message: str) -> Missing:
        """Note a problem at ``node``."""
        if len(self.problems) >= MOST_PROBLEMS:
            raise TooManyProblemsError
        self.problems.append(Problem(self.file, node.start_mark.line + 1, self.path, message))
        return MISSING


class Shape(Protocol):
    """What every shape can do."""

    def read(self, node: yaml.Node, place: Place) -> Any:
        """The value, or ``MISSING`` with a problem noted."""

    def schema(self) -> Schema:
        """The same in JSON Schema."""


def shown(node: yaml.Node) -> str:
    """A node in an error message, cut to size and without control characters."""
    if isinstance(node, yaml.ScalarNode):
        return repr(node.value if len(node.value) <= 60 else node.value[:60] + "…")
    return "a list" if isinstance(node, yaml.SequenceNode) else "a mapping"


def nearest(word: str, known: Sequence[str]) -> str:
    """', did you mean …?' where one of ``known`` is close."""
    close = difflib.get_close_matches(word[:80].lower(), known, n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""


def kind_of(node: yaml.Node) -> str:
    """What YAML takes a value for: str, int, bool, …"""
    return node.tag.rpartition(":")[2]


@dataclass(frozen=True, slots=True)
class Words:
    """A string: one line, not empty unless ``empty``."""

    limit: int = 200
    pattern: str | None = None
    right: str = "text"
    """What would be right, for the message."""
    empty: bool = False
    check: Callable[[str], str | None] | None = None
    """Says what is wrong beyond the pattern."""

    def read(self, node: yaml.Node, place: Place) -> str | Missing:
        if not isinstance(node, yaml.ScalarNode):
            return place.wrong(node, f"should be {self.right}, not {shown(node)}")
        if kind_of(node) != "str":
            if node.value in {"", "~", "null"}:
                return place.wrong(node, f"is empty; it should be {self.right}")
            return place.wrong(node, f"YAML reads {shown(node)} as {kind_of(node)}; put it in quotes")
        value: str = node.value.strip()
        if not value and not self.empty:
            return place.wrong(node, f"is empty; it should be {self.right}")
        if len(value) > self.limit:
            return place.wrong(node, f"has {len(value)} characters; {self.limit} at most")
        if any(ord(character) < 32 or 127 <= ord(character) < 160 for character in value):
            return place.wrong(node, "has a line break or control character; it should be one line")
        if self.pattern and not re.fullmatch(self.pattern, value):
            return place.wrong(node, f"{shown(node)} should be {self.right}")
        if self.check and (message := self.check(value)):
            return place.wrong(node, message)
        return value

    def schema(self) -> Schema:
        schema: Schema = {"type": "string", "maxLength": self.limit}
        if not self.empty:
            schema["minLength"] = 1
        if self.pattern:
            schema["pattern"] = f"^(?:{self.pattern})$"
        return schema


def slug() -> Words:
    """A name in URLs and folders."""
    return Words(
        SLUG_LENGTH,
        SLUG.pattern,
        "a slug: lower-case letters and digits, words joined by single hyphens, such as 'acme-cloud'",
    )


@dataclass(frozen=True, slots=True)
class Number:
    """A number within bounds."""

    least: float
    most: float
    whole: bool = False

    def read(self, node: yaml.Node, place: Place) -> float | int | Missing:
        kind = "a whole number" if self.whole else "a number"
        right = f"should be {kind} from {self.least:g} to {self.most:g}"
        if not isinstance(node, yaml.ScalarNode) or kind_of(node) not in ({"int"} if self.whole else {"int", "float"}):
            return place.wrong(node, f"{right}, not {shown(node)}")
        try:
            value = yaml.safe_load(node.value)
        except (ValueError, yaml.YAMLError):
            return place.wrong(node, f"{right}, not {shown(node)}")
        # huge digit strings compare fine as integers, and would overflow as floats
        if not isinstance(value, int | float) or (isinstance(value, float) and not math.isfinite(value)):
            return place.wrong(node, f"{right}, not {shown(node)}")
        if not self.least <= value <= self.most:
            return place.wrong(node, f"{right}, not {shown(node)}")
        return int(value) if self.whole else float(value)

    def schema(self) -> Schema:
        return {"type": "integer" if self.whole else "number", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""

    def read(self, node: yaml.Node, place: Place) -> bool | Missing:
        if (
            not isinstance(node, yaml.ScalarNode)
            or node.value.lower() not in {"true", "false"}
            or kind_of(node) != "bool"
        ):
            return place.wrong(node, f"should be true or false, not {shown(node)}")
        return bool(node.value.lower() == "true")

    def schema(self) -> Schema:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Day:
    """A date."""

    def read(self, node: yaml.Node, place: Place) -> date | Missing:
        if isinstance(node, yaml.ScalarNode) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", node.value):
            try:
                return date.fromisoformat(node.value)
            except ValueError:
                pass
        return place.wrong(node, f"should be a date such as 2026-01-31, not {shown(node)}")

    def schema(self) -> Schema:
        return {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]

    def read(self, node: yaml.Node, place: Place) -> str | Missing:
        if isinstance(node, yaml.ScalarNode) and node.value in self.words:
            return str(node.value)
        word = node.value if isinstance(node, yaml.ScalarNode) else ""
        listed = ", ".join(self.words)
        return place.wrong(node, f"should be one of {listed}, not {shown(node)}{nearest(word, self.words)}")

    def schema(self) -> Schema:
        return {"enum": list(self.words)}


def scalar(node: yaml.Node, key: str) -> yaml.ScalarNode | None:
    """The plain value of ``key`` in a mapping, if there is one."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if isinstance(name, yaml.ScalarNode) and name.value == key and isinstance(value, yaml.ScalarNode):
                return value
    return None


@dataclass(frozen=True, slots=True)
class Many:
    """A list with at least one item."""

    of: Shape
    limit: int
    what: str
    bare: bool = False
    """A single item may stand without its list."""
    unique: str = ""
    """Key whose value no two items may share."""

    def read(self, node: yaml.Node, place: Place) -> tuple[Any, ...] | Missing:
        if self.bare and isinstance(node, yaml.ScalarNode):
            value = self.of.read(node, place)
            return MISSING if value is MISSING else (value,)
        if not isinstance(node, yaml.SequenceNode):
            return place.wrong(node, f"should be a list of {self.what}, each after '- ', not {shown(node)}")
        if not node.value:
            return place.wrong(node, f"is empty; it should list at least one of: {self.what}")
        if len(node.value) > self.limit:
            return place.wrong(node, f"lists {len(node.value)} {self.what}; {self.limit} at most")
        before = len(place.problems)
        values = tuple(self.of.read(item, place.item(index)) for index, item in enumerate(node.value))
        if self.unique:
            self._duplicates(node, place)
        return values if len(place.problems) == before else MISSING

    def _duplicates(self, node: yaml.SequenceNode, place: Place) -> None:
        first: dict[str, yaml.Node] = {}
        for index, item in enumerate(node.value):
            value = scalar(item, self.unique)
            if value is None or (seen := first.setdefault(value.value, value)) is value:
                continue
            line = seen.start_mark.line + 1
            where = place.item(index).key(self.unique)
            where.wrong(value, f"{shown(value)} is taken, in line {line}; each of the {self.what} needs its own")

    def schema(self) -> Schema:
        schema: Schema = {"type": "array", "minItems": 1, "maxItems": self.limit, "items": self.of.schema()}
        return {"anyOf": [self.of.schema(), schema]} if self.bare else schema


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a record."""

    name: str
    shape: Shape
    doc: str
    """What it means, for the editor's tooltip."""
    required: bool = False


Nodes = Mapping[str, tuple[yaml.Node, yaml.Node]]
"""Key to its own node and its value's."""


def keys_of(node: yaml.Node, place: Place) -> dict[str, tuple[yaml.Node, yaml.Node]] | Missing:
    """Key to its own node and its value's, with duplicates and keys that are no words noted."""
    if not isinstance(node, yaml.MappingNode):
        return place.wrong(node, f"should be a mapping of keys to values, not {shown(node)}")
    found: dict[str, tuple[yaml.Node, yaml.Node]] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or is_merge(key):
            place.wrong(key, f"a key should be a plain word, not {shown(key)}")
        elif key.value in found:
            first = found[key.value][0].start_mark.line + 1
            place.key(key.value[:60]).wrong(key, f"is written twice, first in line {first}; keep one")
        else:
            found[key.value] = (key, value)
    return found


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known keys; ``make`` turns the values into a noun."""

    what: str
    keys: tuple[Key, ...]
    make: Callable[[Mapping[str, Any]], Any]
    """Called only with values that are all right."""
    check: Callable[[Nodes, yaml.Node, Place], None] | None = None
    """Notes what is wrong between keys; works on nodes, so that it speaks even where values are wrong."""
    extra: Schema = field(default_factory=dict)
    """What ``check`` asks, in JSON Schema."""

    def read(self, node: yaml.Node, place: Place) -> Any:
        found = keys_of(node, place)
        if isinstance(found, Missing):
            return MISSING
        known = {key.name: key for key in self.keys}
        values: dict[str, Any] = {}
        before = len(place.problems)
        for name, (key_node, value) in found.items():
            if name not in known:
                close = nearest(name, list(known))
                place.key(name[:60]).wrong(key_node, f"is no key of {self.what}{close} (its keys: {', '.join(known)})")
            else:
                values[name] = known[name].shape.read(value, place.key(name))
        for key in self.keys:
            if key.required and key.name not in found:
                place.key(key.name).wrong(node, f"is missing from {self.what}: {key.doc}")
        if self.check:
            self.check(found, node, place)
        return self.make(values) if len(place.problems) == before else MISSING

    def schema(self) -> Schema:
        properties = {key.name: {"description": key.doc, **key.shape.schema()} for key in self.keys}
        required = [key.name for key in self.keys if key.required]
        schema: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
        if required:
            schema["required"] = required
        return {**schema, **self.extra}


@dataclass(frozen=True, slots=True)
class Names:
    """A mapping of slugs to names."""

    what: str
    limit: int = 100

    def read(self, node: yaml.Node, place: Place) -> Mapping[str, str] | Missing:
        found = keys_of(node, place)
        if isinstance(found, Missing):
            return MISSING
        if not found:
            return place.wrong(node, f"is empty; it should name at least one {self.what}")
        if len(found) > self.limit:
            return place.wrong(node, f"names {len(found)}; {self.limit} at most")
        names: dict[str, str] = {}
        for name, (key, value) in found.items():
            inner = place.key(name[:60])
            right = slug().read(key, inner)
            words = Words(80, right="a name for readers").read(value, inner)
            if isinstance(right, str) and isinstance(words, str):
                names[right] = words
        return names if len(names) == len(found) else MISSING

    def schema(self) -> Schema:
        return {
            "type": "object",
            "minProperties": 1,
            "maxProperties": self.limit,
            "propertyNames": slug().schema(),
            "additionalProperties": Words(80).schema(),
        }
