"""The changes room: what a new text is against the known ones, and what changed. No false news, no lost news.

It takes texts and their findings, and knows no network and no HTML.
"""

from govdigest.changes.compare import compare
from govdigest.changes.judge import judge
from govdigest.changes.moves import SILENT
from govdigest.changes.normal import normal_form, normal_hash
from govdigest.changes.redline import redline

__all__ = ["SILENT", "compare", "judge", "normal_form", "normal_hash", "redline"]
