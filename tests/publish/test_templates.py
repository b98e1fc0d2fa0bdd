"""What each template gets is documented, and the document is true."""

from __future__ import annotations

import re
from pathlib import Path

from govdigest.publish import describe
from govdigest.publish.pages import document, lists, platform, provision, standing
from tests.publish.conftest import TEMPLATES

DOCUMENT = Path(__file__).parents[2] / "docs" / "templates.md"


def test_the_document_is_what_the_contexts_say() -> None:
    assert DOCUMENT.read_text() == describe.describe(), "run: python -m govdigest.publish.describe > docs/templates.md"


def test_every_template_has_its_context_and_every_context_its_template() -> None:
    named = {
        match.group(1): context
        for module in (lists, platform, document, provision, standing)
        for name, context in vars(module).items()
        if name.endswith("Page") and context.__module__ == module.__name__
        for match in [re.match(r"`([\w.]+)`: ", context.__doc__ or "")]
        if match
    }
    assert set(named) == {path.name for path in TEMPLATES.glob("*.html")} - {"base.html", "macros.html"}
    for name, context in named.items():
        head = (TEMPLATES / name).read_text().splitlines()[0]
        assert head == f"{{# Context: frame (Frame), page ({context.__name__}). #}}", name


def test_a_template_uses_only_what_its_context_has() -> None:
    for path in TEMPLATES.glob("*.html"):
        words = path.read_text()
        match = re.search(r", page \((\w+)\)\.", words)
        if match is None:
            continue
        context = next(
            getattr(module, match.group(1))
            for module in (lists, platform, document, provision, standing)
            if hasattr(module, match.group(1))
        )
        used = set(re.findall(r"\bpage\.([a-z_]+)", words))
        assert used <= set(context.__dataclass_fields__), path.name
