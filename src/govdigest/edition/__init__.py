"""The edition room: one immutable view of all that the site shows."""

from govdigest.edition.compose import compose
from govdigest.edition.documents import EditionError
from govdigest.edition.nouns import Edition

__all__ = ["Edition", "EditionError", "compose"]
