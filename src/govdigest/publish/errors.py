"""What can go wrong while publishing.

PublishError
├── TwoWritesError      two pages claim one path
├── TemplateError       a template is missing, malformed, or names what it is not given
├── UnsafeFolderError   the output folder holds files that no build of ours wrote
└── SearchIndexError    the search index could not be made
"""

from __future__ import annotations


class PublishError(Exception):
    """The site could not be published; the message says what to mend."""


class TwoWritesError(PublishError):
    """Two pages claim one path."""


class TemplateError(PublishError):
    """A template is missing, malformed, or names something that it is not given."""


class UnsafeFolderError(PublishError):
    """The output folder holds files that no build of ours wrote."""


class SearchIndexError(PublishError):
    """The search index could not be made."""
