"""A file of the taxonomy, size-limited and parsed, that knows in which line each of its values stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from govdigest.taxonomy.errors import TaxonomyProblem

LARGEST = 1_000_000
"""Bytes of a file of the taxonomy."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


Place = tuple[str | int, ...]
"""Keys and indices from the top of a file down to a value."""


@dataclass(slots=True)
class SourceFile:
    """A parsed file that knows in which line each of its values stands."""

    name: str
    node: yaml.Node | None
    first: int
    """Lines before the YAML begins."""
    problems: list[TaxonomyProblem] = field(default_factory=list)

    def line(self, path: Place) -> int:
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

    def problem(self, path: Place, reason: str) -> None:
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


def read_text(path: Path, problems: list[TaxonomyProblem]) -> str:
    """What ``path`` holds; with a problem recorded, nothing."""
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


def parse(name: str, source: str, first: int) -> tuple[SourceFile, Any]:
    """The YAML of ``source`` with its lines, and as data; ``first`` lines stand above it in the file."""
    loader = _LOADER(source)
    try:
        node = loader.get_single_node()
        data = loader.construct_document(node) if node is not None else {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        file = SourceFile(name, None, first)
        mark = getattr(error, "problem_mark", None)
        line = first + (mark.line + 1 if mark is not None else 1)
        reason = " ".join(str(getattr(error, "problem", None) or error).split())
        file.problems.append(TaxonomyProblem(name, line, f"not YAML: {reason}"))
        return file, None
    finally:
        loader.dispose()
    file = SourceFile(name, node, first)
    file.duplicates()
    return file, data
