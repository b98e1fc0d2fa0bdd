"""Publish: an edition in; pages, feeds, data files and a search index out. The only room that writes the site.

What renders is loaded by the first use of ``publish``: a build that has nothing to do never needs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govdigest.publish.errors import (
    PublishError,
    SearchIndexError,
    TemplateError,
    TwoWritesError,
    UnsafeFolderError,
)

if TYPE_CHECKING:
    from govdigest.publish.run import Published, publish

__all__ = [
    "PublishError",
    "Published",
    "SearchIndexError",
    "TemplateError",
    "TwoWritesError",
    "UnsafeFolderError",
    "publish",
]


def __getattr__(name: str) -> Any:
    if name not in {"Published", "publish"}:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from govdigest.publish import run

    return getattr(run, name)
