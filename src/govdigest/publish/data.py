"""The nouns as data files carry them: what pages show, with quotes in both forms and their offsets."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from govdigest.edition.nouns import (
    Cell,
    Counts,
    Digest,
    DocumentView,
    EventView,
    MoveView,
    PlatformView,
    ProvisionView,
    Statement,
    VersionView,
)
from govdigest.model import Document, Platform, Quote, RedlineBlock, StatedDate
from govdigest.publish.words import iso, shown

Json = dict[str, Any]


def dump(value: object) -> bytes:
    """Compact UTF-8 JSON with a newline at its end."""
    return encode(value) + b"\n"


def encode(value: object) -> bytes:
    """``value`` as JSON; half a surrogate pair, which UTF-8 cannot carry, becomes a question mark."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_decoded)
        return plain.encode("utf-8", "replace")


def _decoded(value: msgspec.Raw) -> Any:
    """What was encoded apart."""
    return json.loads(bytes(value))


def quote(value: Quote) -> Json:
    """A quote: as archived, as shown, and its offsets in code points into the version's text."""
    return {"text": value.text, "plain": shown(value.text), "start": value.span.start, "end": value.span.end}


_KEPT = 4096
"""Statements: more than the documents of a platform have, whose pages are made one after the other."""
_kept: dict[int, tuple[Statement, str | None, msgspec.Raw]] = {}


def statement(value: Statement, version: str | None) -> msgspec.Raw:
    """What a document states on a provision; ``version`` is the one that its quotes are slices of.

    Encoded, and kept for a while: the page of a document, of its text and of its platform have the same.
    """
    kept = _kept.get(id(value))
    if kept is not None and kept[0] is value and kept[1] == version:
        return kept[2]
    if len(_kept) >= _KEPT:
        _kept.clear()
    quotes = {"quotes": [quote(one) for one in value.finding.quotes]}
    encoded = msgspec.Raw(encode(answer(value, version) | quotes))
    _kept[id(value)] = (value, version, encoded)
    return encoded


def answer(value: Statement, version: str | None) -> Json:
    """The same without its quotes."""
    found = value.finding
    return {
        "platform": value.platform,
        "document": value.document,
        "version": version or value.version or None,
        "provision": value.provision.slug,
        "position": value.position.slug,
        "position_name": value.position.name,
        "exposure": value.position.exposure,
        "scope": found.scope,
        "basis": found.basis,
        "parameters": {name: list(values) for name, values in found.parameters},
        "values": value.values,
        "sentence": value.sentence,
        "overruled": value.overruled or None,
        "anchor": value.anchor,
    }


def _dates(values: Iterable[StatedDate]) -> list[Json]:
    return [{"kind": one.kind.value, "day": iso(one.day)} for one in values]


def version(value: VersionView) -> Json:
    """A version and its provenance, without its text."""
    own = value.version
    return {
        "id": own.id,
        "url": value.url,
        "current": value.is_current,
        "first_seen": iso(own.first_seen),
        "verdict": own.verdict.value,
        "title": own.title,
        "language": own.language,
        "text_hash": own.text_hash,
        "file_hash": own.file_hash,
        "previous": own.previous,
        "extractor": own.extractor,
        "settings_hash": own.settings_hash,
        "dates": _dates(own.dates),
        "sources": [
            {
                "url": one.url,
                "final_url": one.final_url,
                "sha256": one.sha256,
                "media_type": one.media_type,
                "start": one.span.start,
                "end": one.span.end,
                "coverage": round(one.coverage, 4),
                "rendered": one.rendered,
            }
            for one in own.sources
        ],
    }


def _document_facts(platform: Platform, document: Document) -> Json:
    return {
        "platform": platform.slug,
        "platform_name": platform.name,
        "document": document.slug,
        "document_name": document.name,
    }


def move(value: MoveView) -> Json:
    """A finding that moved, without its quotes."""
    return {
        "provision": value.provision,
        "name": value.name,
        "scope": value.scope.value,
        "before": value.before_words,
        "after": value.after_words,
    }


def event(value: EventView) -> Json:
    """An event as it was announced."""
    own = value.event
    return {
        "id": own.id,
        "kind": own.kind.value,
        **_document_facts(value.platform, value.document),
        "sector": value.platform.sector,
        "url": value.url,
        "announced": iso(own.announced),
        "headline": own.headline,
        "reasons": list(own.reasons),
        "first_seen": iso(own.first_seen) or None,
        "updated": iso(own.updated) or None,
        "effective": iso(own.effective) or None,
        "before": own.before,
        "after": own.after,
        "counts": dict(value.counts),
        "provisions": [one.provision for one in value.moves],
        "also": [f"{platform.slug}/{document.slug}" for platform, document in value.also],
        "corrects": own.corrects,
        "corrected_by": value.corrected_by.id if value.corrected_by else None,
    }


def listed_event(value: EventView) -> Json:
    """An event as lists carry it: with what moved, without quotes."""
    return event(value) | {"moves": [move(one) for one in value.moves]}


def change(value: EventView, redline: Sequence[RedlineBlock]) -> Json:
    """An event with its moves and its redline."""
    return event(value) | {
        "moves": [
            move(one) | {"before_quotes": list(one.before_quotes), "after_quotes": list(one.after_quotes)}
            for one in value.moves
        ],
        "redline": [
            {
                "op": block.op,
                "heading": block.heading,
                "segments": [{"op": part.op, "text": part.text} for part in block.segments],
            }
            for block in redline
        ],
    }


def document_facts(value: DocumentView) -> Json:
    """A document without what it states."""
    own, dates = value.document, value.dates
    return {
        **_document_facts(value.platform, own),
        "url": value.url,
        "kind": own.kind.value,
        "audience": own.audience.value,
        "nature": own.nature.value,
        "language": own.language,
        "sources": [source.url for source in own.sources],
        "status": value.status,
        "status_words": value.status_words,
        "read": value.is_read,
        "version": value.current.version.id if value.current else None,
        "announced": iso(dates.announced) or None,
        "updated": iso(dates.updated) or None,
        "effective": iso(dates.effective) or None,
        "checked": iso(dates.checked) or None,
        "verified": iso(dates.verified) or None,
    }


def document(value: DocumentView) -> Json:
    """All that a document's page shows."""
    current = value.current.version.id if value.current else None
    return document_facts(value) | {
        "statements": [statement(one, current) for one in value.statements],
        "silent": [one.provision.slug for one in value.silences],
        "key_sentences": {
            "platform": value.platform.slug,
            "document": value.document.slug,
            "version": current,
            "quotes": [quote(one) for one in value.summary.key_sentences] if value.summary else [],
        },
        "current": version(value.current) if value.current else None,
        "versions": [one.version.id for one in value.versions],
        "events": [one.event.id for one in value.events],
        "shared_with": [f"{platform.slug}/{one.slug}" for platform, one in value.shared_with],
    }


def cell(value: Cell, versions: Mapping[tuple[str, str], str | None], *, quoted: bool = True) -> Json:
    """A platform's answer to one provision; ``quoted``: False for a page that names answers and links their quotes."""
    told = statement if quoted else answer
    return {
        "platform": value.platform.slug,
        "platform_name": value.platform.name,
        "sector": value.platform.sector,
        "read": value.read,
        "documents": value.known,
        "exposure": value.exposure.value if value.exposure else None,
        "statements": [told(one, versions.get((one.platform, one.document))) for one in value.statements],
    }


def platform(value: PlatformView, versions: Mapping[tuple[str, str], str | None]) -> Json:
    """A platform: its documents, and what they state."""
    own = value.platform
    return {
        "platform": own.slug,
        "platform_name": own.name,
        "url": value.url,
        "sector": own.sector,
        "sector_name": value.sector_name,
        "homepage": own.homepage,
        "retired": iso(own.retired) or None,
        "exposure": dict(value.exposure),
        "documents": [document_facts(one) for one in value.documents],
        "statements": [
            statement(one, versions.get((one.platform, one.document)))
            for view in value.documents
            for one in view.statements
        ],
        "events": [one.event.id for one in value.events],
    }


def provision_facts(value: ProvisionView) -> Json:
    """A question and its positions."""
    own = value.provision
    return {
        "provision": own.slug,
        "group": own.group,
        "name": own.name,
        "question": own.question,
        "url": value.url,
        "positions": [
            {
                "position": one.slug,
                "name": one.name,
                "exposure": one.exposure.value,
                "why": one.why,
                "ask": one.ask,
            }
            for one in own.positions
        ],
        "documents_read": value.read,
        "documents_answering": value.answered,
    }


def provision(value: ProvisionView, versions: Mapping[tuple[str, str], str | None]) -> Json:
    """All that a provision's page shows."""
    return provision_facts(value) | {
        "cells": [cell(one, versions) for one in value.cells],
        "adoption": [
            {
                "position": one.position.slug,
                "audience": one.audience,
                "documents": one.documents,
                "of_documents": one.of_documents,
                "platforms": one.platforms,
                "of_platforms": one.of_platforms,
            }
            for one in value.adoption
        ],
        "events": [one.event.id for one in value.events],
    }


def digest(value: Digest) -> Json:
    """A closed week."""
    groups = ("moved", "material", "ahead", "lifecycle", "editorial", "corrections", "unreadable")
    return {
        "week": value.week,
        "start": iso(value.start),
        "end": iso(value.end),
        "url": value.url,
        "headline": value.headline,
        **{name: [event(one) for one in getattr(value, name)] for name in groups},
        "anchors": [
            {"document": document, "version": version, "file_hash": sha} for document, version, sha in value.anchors
        ],
    }


def counts(value: Counts) -> Json:
    """The site's numbers."""
    return {name: getattr(value, name) for name in Counts.__dataclass_fields__}
