"""One hash over the nouns that a page is made of: equal inputs, equal hash, no page to render.

Nouns are pickled without the memo (so that it never matters whether two equal strings are one object), and the
large ones that many pages share are hashed once and stand in by their hash. A text stands in by the hash of its
archived file, and a redline by its event: both follow from what is archived and from the code, which is hashed apart.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from types import MappingProxyType
from typing import Any, cast

import msgspec

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

_LEAN = frozenset({nouns.Cell, nouns.Statement})
"""Of these there are most; beside other shared nouns they hold only what msgspec encodes, faster than pickle."""
_encode = msgspec.msgpack.Encoder().encode

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


def _parts(noun: type) -> Callable[[object], tuple[object, ...]]:
    """What gives the name of a noun and its fields, but for those that follow from others."""
    left_out = _LEFT_OUT.get(noun, frozenset())
    names = [field.name for field in fields(noun) if field.name not in left_out]
    return attrgetter("__class__.__name__", *names)


def _whole(noun: type) -> Reducer:
    parts = _parts(noun)

    def reduced(value: object) -> tuple[Callable[..., object], tuple[object, ...]]:
        return _stand_in, parts(value)

    return reduced


class Fingerprints:
    """Hashes of nouns, each kept for as long as this object: the nouns must outlive it, and never change."""

    def __init__(self, shared: Sequence[type] = ()) -> None:
        """``shared``: further dataclasses that many pages share."""
        self._kept: dict[int, bytes] = {}
        self._alive: list[object] = []
        self._idle: list[tuple[io.BytesIO, pickle.Pickler]] = []
        self._shared = {noun: _parts(noun) for noun in (*_SHARED, *shared)}
        self._reducers: dict[type, Reducer] = {MappingProxyType: lambda value: (_stand_in, (dict(value),))}
        for noun in (*_nouns(), *shared):
            self._reducers[noun] = self._hashed if noun in self._shared else _whole(noun)

    def _hashed(self, value: object) -> tuple[Callable[..., object], tuple[object, ...]]:
        return _stand_in, (self._hash(value),)

    def _hash(self, noun: object) -> bytes:
        """The hash of a shared noun."""
        kept = self._kept.get(id(noun))
        if kept is None:
            flat = self._flat(self._shared[type(noun)](noun))
            if type(noun) in _LEAN:
                kept = hashlib.blake2b(_encode(flat), digest_size=16).digest()
            else:
                kept = self._digest(flat)
            self._kept[id(noun)] = kept
            self._alive.append(noun)
        return kept

    def _flat(self, values: Iterable[object]) -> list[object]:
        """``values`` with hashes in the place of shared nouns, and of rows of them: cheaper than to pickle each."""
        flat: list[object] = []
        for value in values:
            kind = type(value)
            if kind in self._shared:
                value = self._hash(value)
            elif kind is tuple:
                row = cast(tuple[object, ...], value)
                if row and self._shared.keys() >= set(map(type, row)):
                    value = b"".join([self._hash(one) for one in row])
            elif kind is model.Finding:
                value = _encode(value)
            flat.append(value)
        return flat

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
        return self._digest(self._flat(values)).hex()


__all__ = ["Fingerprints"]
