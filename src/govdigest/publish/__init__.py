"""Publish: an edition in; pages, feeds, data files and a search index out. The only room that writes the site."""

from govdigest.publish.errors import (
    PublishError,
    SearchIndexError,
    TemplateError,
    TwoWritesError,
    UnsafeFolderError,
)
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
