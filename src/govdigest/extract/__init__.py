"""The extract room: bytes and their media type in, a ``Text`` out. It knows no network and no platforms.

Importing it is cheap: lxml, trafilatura and pypdfium2 are imported by the first page or PDF that needs them, and a
build, which only segments archived Markdown, never does.
"""

from govdigest.extract.dates import stated_dates
from govdigest.extract.document import extract
from govdigest.extract.doubt import NotADocument, examine
from govdigest.extract.errors import Encrypted, ExtractError, ImageOnly, SelectorError, TooLarge, UnreadableBytes
from govdigest.extract.joining import join
from govdigest.extract.passages import segment
from govdigest.extract.settings import EXTRACTOR, settings_hash

__all__ = [
    "EXTRACTOR",
    "Encrypted",
    "ExtractError",
    "ImageOnly",
    "NotADocument",
    "SelectorError",
    "TooLarge",
    "UnreadableBytes",
    "examine",
    "extract",
    "join",
    "segment",
    "settings_hash",
    "stated_dates",
]
