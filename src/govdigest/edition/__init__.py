"""The edition room: one immutable view of all that the site shows.

``edition.nouns`` is what publishing and the digest need; ``edition.compose`` makes it.
"""

from govdigest.edition.nouns import Edition

__all__ = ["Edition"]
