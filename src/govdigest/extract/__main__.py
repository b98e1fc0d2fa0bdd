"""``python -m govdigest.extract FILE``: the text of one page, for measuring."""

from __future__ import annotations

import mimetypes
import sys
from pathlib import Path

from govdigest.extract import extract

path = Path(sys.argv[1])
sys.stdout.write(extract(path.read_bytes(), mimetypes.guess_type(path.name)[0] or "text/html").markdown + "\n")
