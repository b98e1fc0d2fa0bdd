"""Configuration: ``platforms.yaml`` to a ``Config``, or every problem in it at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from govdigest.config.keys import CONFIG
from govdigest.config.problems import ConfigError, Problem
from govdigest.config.shapes import MOST_PROBLEMS, Place, TooManyProblemsError
from govdigest.config.tree import read
from govdigest.model import Config

__all__ = ["ConfigError", "Problem", "load", "schema"]


def load(path: Path) -> Config:
    """The configuration in the YAML file at ``path``.

    Raises ``ConfigError`` with all problems at once, each with file, line, field, and what would be right.
    """
    root = read(path)
    place = Place(str(path), "", [])
    if root is None:
        raise ConfigError((Problem(str(path), 0, "", "is empty; it needs at least 'site' and 'platforms'"),))
    try:
        config = CONFIG.read(root, place)
    except TooManyProblemsError:
        place.problems.append(Problem(str(path), 0, "", f"has more than {MOST_PROBLEMS} problems; these are the first"))
    if place.problems:
        raise ConfigError(tuple(sorted(place.problems, key=lambda problem: problem.line)))
    assert isinstance(config, Config)
    return config


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the file, for editors; made of the shapes that ``load`` reads with.

    It cannot say that slugs are unique, that a sector is listed, or that a date exists; ``load`` checks those.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "govdigest platforms.yaml",
        **CONFIG.schema(),
    }
