"""One hash over the nouns that a page is made of: equal inputs, equal hash, no page to render.

Nouns are pickled without the memo (so that it never matters whether two equal strings are one object), and the
large ones that many pages share are hashed once and stand in by their hash. A text stands in by the hash of its
archived file, and a redline by its event: both follow from what is archived and from the code, which is hashed apart.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from govdigest import model
from govdigest.edition import nouns

_SHARED = (
    model.Document,
    model.Event,
    model.Platform,
    model.Position,
    model.Provision,
    model.Site,
    model.Version,
    nouns.Cell,
    nouns.Digest,
    nouns.DocumentView,
    nouns.EventView,
    nouns.PlatformView,
    nouns.ProvisionView,
    nouns.Statement,
    nouns.VersionView,
)
"""Nouns on many pages: hashed once for each object."""

_LEFT_OUT: Mapping[type, frozenset[str]] = MappingProxyType(
    {
        nouns.VersionView: frozenset({"load"}),  # follows from version.file_hash
        nouns.EventView: frozenset({"compare"}),  # follows from the event's two versions
        model.Provision: frozenset({"find", "path"}),  # moves findings, which are hashed themselves
    }
)


Reducer = Callable[[Any], tuple[Callable[..., Any], tuple[Any, ...]]]


def _stand_in(*_: object) -> None:
    """What a noun is pickled as: never called, for nothing is ever read back."""


def _nouns() -> list[type]:
    found: list[type] = []
    for module in (model, nouns):
        for name in sorted(vars(module)):
            value = vars(module)[name]
            if (
                isinstance(value, type)
                and value.__module__ == module.__name__
                and hasattr(value, "__dataclass_fields__")
            ):
                found.append(value)
    return found


class Fingerprints:
    """Hashes of nouns, each kept for as long as this object: the nouns must outlive it, and never change."""

    def __init__(self, shared: Sequence[type] = ()) -> None:
        """``shared``: further dataclasses that many pages share."""
        self._shared = (*_SHARED, *shared)
        self._kept: dict[int, bytes] = {}
        self._alive: list[object] = []
        self._idle: list[tuple[io.BytesIO, pickle.Pickler]] = []
        self._reducers: dict[type, Reducer] = {MappingProxyType: lambda value: (_stand_in, (dict(value),))}
        for noun in (*_nouns(), *shared):
            self._reducers[noun] = self._reducer(noun)

    def _reducer(self, noun: type) -> Reducer:
        left_out = _LEFT_OUT.get(noun, frozenset())
        names = [field.name for field in fields(noun) if field.name not in left_out]
        get = attrgetter("__class__.__name__", *names)

        def whole(value: object) -> tuple[Callable[..., object], tuple[object, ...]]:
            return _stand_in, get(value)

        if noun not in self._shared:
            return whole

        def shared(value: object) -> tuple[Callable[..., object], tuple[object, ...]]:
            kept = self._kept.get(id(value))
            if kept is None:
                kept = self._kept[id(value)] = self._digest(get(value))
                self._alive.append(value)
            return _stand_in, (kept,)

        return shared

    def _digest(self, value: object) -> bytes:
        # a noun within a noun is hashed while the outer one is: each depth has a pickler, made once
        buffer, pickler = self._idle.pop() if self._idle else self._pickler()
        pickler.dump(value)
        digest = hashlib.blake2b(buffer.getbuffer(), digest_size=16).digest()
        buffer.seek(0)
        buffer.truncate()
        self._idle.append((buffer, pickler))
        return digest

    def _pickler(self) -> tuple[io.BytesIO, pickle.Pickler]:
        buffer = io.BytesIO()
        pickler = pickle.Pickler(buffer, protocol=5)
        pickler.fast = True
        pickler.dispatch_table = self._reducers
        return buffer, pickler

    def of(self, *values: object) -> str:
        """Hexadecimal hash of ``values``, which may be nouns, and plain containers of them in a fixed order."""
        return self._digest(values).hex()


__all__ = ["Fingerprints"]
