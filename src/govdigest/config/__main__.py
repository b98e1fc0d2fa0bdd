"""``python -m govdigest.config`` prints the JSON Schema that ``src/govdigest/platforms.schema.json`` holds."""

from __future__ import annotations

import json

from govdigest.config import schema

print(json.dumps(schema(), indent=2, ensure_ascii=False))  # the schema file's only maker
