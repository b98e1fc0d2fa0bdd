"""JSON Schemas (draft 2020-12) of the data files, published beside them and kept true by a test."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_MAYBE: Schema = {"type": ["string", "null"]}
_WHOLE: Schema = {"type": "integer", "minimum": 0}
_FLAG: Schema = {"type": "boolean"}
_EXPOSURE: Schema = {"enum": ["low", "medium", "high"]}
_SCOPE: Schema = {"enum": ["all", "consumer", "business"]}


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _object(properties: Mapping[str, Schema], *, open_to_more: bool = False) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": open_to_more,
    }


_QUOTE = _object(
    {
        "text": _TEXT | {"description": "As archived: Markdown, verbatim"},
        "plain": _TEXT | {"description": "As pages show it"},
        "start": _WHOLE | {"description": "Offset in code points into the version's text"},
        "end": _WHOLE,
    }
)
_STATEMENT = _object(
    {
        "platform": _TEXT,
        "document": _TEXT,
        "version": _MAYBE,
        "provision": _TEXT,
        "position": _TEXT,
        "position_name": _TEXT,
        "exposure": _EXPOSURE,
        "scope": _SCOPE,
        "basis": {"enum": ["explicit", "inferred"]},
        "parameters": {"type": "object", "additionalProperties": _list(_TEXT)},
        "values": _TEXT,
        "sentence": _TEXT,
        "overruled": _MAYBE,
        "anchor": _TEXT,
        "quotes": _list(_QUOTE),
    }
)
_VERSION_FIELDS: Mapping[str, Schema] = {
    "id": _TEXT,
    "url": _TEXT,
    "current": _FLAG,
    "first_seen": _TEXT,
    "verdict": _TEXT,
    "title": _TEXT,
    "language": _TEXT,
    "text_hash": _TEXT,
    "file_hash": _TEXT,
    "previous": _MAYBE,
    "extractor": _TEXT,
    "settings_hash": _TEXT,
    "dates": _list(_object({"kind": _TEXT, "day": _TEXT})),
    "sources": _list(
        _object(
            {
                "url": _TEXT,
                "final_url": _TEXT,
                "sha256": _TEXT,
                "media_type": _TEXT,
                "start": _WHOLE,
                "end": _WHOLE,
                "coverage": {"type": "number"},
                "rendered": _FLAG,
            }
        )
    ),
}
_DOCUMENT_FACTS: Mapping[str, Schema] = {
    "platform": _TEXT,
    "platform_name": _TEXT,
    "document": _TEXT,
    "document_name": _TEXT,
    "url": _TEXT,
    "kind": _TEXT,
    "audience": _TEXT,
    "nature": _TEXT,
    "language": _TEXT,
    "sources": _list(_TEXT),
    "status": _TEXT,
    "status_words": _TEXT,
    "read": _FLAG,
    "version": _MAYBE,
    "announced": _MAYBE,
    "updated": _MAYBE,
    "effective": _MAYBE,
    "checked": _MAYBE,
    "verified": _MAYBE,
}
_EVENT_FIELDS: Mapping[str, Schema] = {
    "id": _TEXT,
    "kind": _TEXT,
    "platform": _TEXT,
    "platform_name": _TEXT,
    "document": _TEXT,
    "document_name": _TEXT,
    "sector": _TEXT,
    "url": _TEXT,
    "announced": _TEXT,
    "headline": _TEXT,
    "reasons": _list(_TEXT),
    "first_seen": _MAYBE,
    "updated": _MAYBE,
    "effective": _MAYBE,
    "before": _MAYBE,
    "after": _MAYBE,
    "counts": {"type": "object", "additionalProperties": _WHOLE},
    "provisions": _list(_TEXT),
    "also": _list(_TEXT),
    "corrects": _MAYBE,
    "corrected_by": _MAYBE,
}
_EVENT = _object(_EVENT_FIELDS)
_MOVE_FIELDS: Mapping[str, Schema] = {
    "provision": _TEXT,
    "name": _TEXT,
    "scope": _SCOPE,
    "before": _TEXT,
    "after": _TEXT,
}
_CELL = _object(
    {
        "platform": _TEXT,
        "platform_name": _TEXT,
        "sector": _TEXT,
        "read": _WHOLE,
        "documents": _WHOLE,
        "exposure": {"enum": ["low", "medium", "high", None]},
        "statements": _list(_STATEMENT),
    }
)
_PROVISION_FIELDS: Mapping[str, Schema] = {
    "provision": _TEXT,
    "group": _TEXT,
    "name": _TEXT,
    "question": _TEXT,
    "url": _TEXT,
    "positions": _list(_object({"position": _TEXT, "name": _TEXT, "exposure": _EXPOSURE, "why": _TEXT, "ask": _TEXT})),
    "documents_read": _WHOLE,
    "documents_answering": _WHOLE,
}
_EXPOSURES = _object({"high": _WHOLE, "medium": _WHOLE, "low": _WHOLE})
_GROUPS = ("moved", "material", "ahead", "lifecycle", "editorial", "corrections", "unreadable")

_ALL: Mapping[str, Schema] = {
    "platforms": _object(
        {
            "platforms": _list(
                _object(
                    {
                        "platform": _TEXT,
                        "platform_name": _TEXT,
                        "url": _TEXT,
                        "sector": _TEXT,
                        "documents": _WHOLE,
                        "read": _WHOLE,
                        "exposure": _EXPOSURES,
                        "retired": _FLAG,
                    }
                )
            )
        }
    ),
    "platform": _object(
        {
            "platform": _TEXT,
            "platform_name": _TEXT,
            "url": _TEXT,
            "sector": _TEXT,
            "sector_name": _TEXT,
            "homepage": _TEXT,
            "retired": _MAYBE,
            "exposure": _EXPOSURES,
            "documents": _list(_object(_DOCUMENT_FACTS)),
            "statements": _list(_STATEMENT),
            "events": _list(_TEXT),
        }
    ),
    "document": _object(
        {
            **_DOCUMENT_FACTS,
            "statements": _list(_STATEMENT),
            "silent": _list(_TEXT),
            "key_sentences": _object(
                {"platform": _TEXT, "document": _TEXT, "version": _MAYBE, "quotes": _list(_QUOTE)}
            ),
            "current": {"anyOf": [_object(_VERSION_FIELDS), {"type": "null"}]},
            "versions": _list(_TEXT),
            "events": _list(_TEXT),
            "shared_with": _list(_TEXT),
        }
    ),
    "version": _object({"platform": _TEXT, "document": _TEXT, **_VERSION_FIELDS, "statements": _list(_STATEMENT)}),
    "change": _object(
        {
            **_EVENT_FIELDS,
            "moves": _list(_object({**_MOVE_FIELDS, "before_quotes": _list(_TEXT), "after_quotes": _list(_TEXT)})),
            "redline": _list(
                _object({"op": _TEXT, "heading": _TEXT, "segments": _list(_object({"op": _TEXT, "text": _TEXT}))})
            ),
        }
    ),
    "provisions": _object({"provisions": _list(_object(_PROVISION_FIELDS))}),
    "provision": _object(
        {
            **_PROVISION_FIELDS,
            "cells": _list(_CELL),
            "adoption": _list(
                _object(
                    {
                        "position": _TEXT,
                        "audience": _TEXT,
                        "documents": _WHOLE,
                        "of_documents": _WHOLE,
                        "platforms": _WHOLE,
                        "of_platforms": _WHOLE,
                    }
                )
            ),
            "events": _list(_TEXT),
        }
    ),
    "changes": _object({"events": _list(_object({**_EVENT_FIELDS, "moves": _list(_object(_MOVE_FIELDS))}))}),
    "digest": _object(
        {
            "week": _TEXT,
            "start": _TEXT,
            "end": _TEXT,
            "url": _TEXT,
            "headline": _TEXT,
            **{name: _list(_EVENT) for name in _GROUPS},
            "anchors": _list(_object({"document": _TEXT, "version": _TEXT, "file_hash": _TEXT})),
        }
    ),
    "status": _object(
        {
            "now": _TEXT,
            "sources": _list(
                _object(
                    {
                        "platform": _TEXT,
                        "document": _TEXT,
                        "url": _TEXT,
                        "checked": _MAYBE,
                        "verified": _MAYBE,
                        "failing_since": _MAYBE,
                        "failure": _MAYBE,
                        "verdict": _MAYBE,
                        "reason": _TEXT,
                        "needs_maintainer": _FLAG,
                    }
                )
            ),
        }
    ),
}

SCHEMAS: Mapping[str, Schema] = MappingProxyType(
    {
        name: {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name, **schema}
        for name, schema in _ALL.items()
    }
)
"""By name, as in ``/data/schemas/<name>.json``."""
