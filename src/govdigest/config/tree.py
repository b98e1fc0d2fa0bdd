"""YAML to nodes that know their line, with every trap of YAML refused before anything is built."""

from __future__ import annotations

from pathlib import Path

import yaml

from govdigest.config.problems import ConfigError, Problem

MAX_BYTES = 5_000_000
MAX_DEPTH = 24

# the C parser reads 30 times faster; both give the same events
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MERGE = "tag:yaml.org,2002:merge"


def read(path: Path) -> yaml.Node | None:
    """The root node of the YAML file at ``path``, None when it is empty; raises ``ConfigError``.

    Anchors and aliases are refused: a few lines of them expand to gigabytes, and no key here needs them. So are
    explicit tags, more than one document, and nesting deeper than any key here.
    """
    text = _decode(path)
    try:
        _vet(path, text)
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        raise ConfigError((_syntax(path, error),)) from error
    assert root is None or isinstance(root, yaml.Node)
    return root


def _decode(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise ConfigError((Problem(str(path), 0, "", f"cannot be read: {why}"),)) from error
    if len(raw) > MAX_BYTES:
        message = f"is larger than {MAX_BYTES // 1_000_000} MB; a configuration of a thousand platforms is not"
        raise ConfigError((Problem(str(path), 0, "", message),))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{raw[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise ConfigError((Problem(str(path), line, "", message),)) from error


def _vet(path: Path, text: str) -> None:
    """Walk the events, which costs no more than the text is long, before a tree is made of them."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=_LOADER):
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        message = ""
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                message = "a second YAML document begins; keep one, without a '---' line between"
        elif anchor:
            message = f"anchors and aliases ('&{anchor[:40]}', '*{anchor[:40]}') are not used here; write the value out"
        elif tag:
            message = f"the tag {tag[:40]!r} is not used here; write the plain value"
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                message = f"nested more than {MAX_DEPTH} levels deep"
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if message:
            line = event.start_mark.line + 1 if event.start_mark else 0
            raise ConfigError((Problem(str(path), line, "", message),))


def _syntax(path: Path, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark is not None else 0
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    return Problem(str(path), line, "", f"is not valid YAML: {' '.join(str(said).split())[:200]}")


def is_merge(key: yaml.Node) -> bool:
    """A ``<<`` key, which would need an alias."""
    return key.tag == _MERGE
