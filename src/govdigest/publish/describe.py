"""What each template is given, as a page of Markdown: read from the contexts themselves, so that it stays true.

``python -m govdigest.publish.describe > docs/templates.md``
"""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import is_dataclass
from types import ModuleType

from govdigest.edition import nouns
from govdigest.publish import frame, fulltext, timeline
from govdigest.publish.pages import common, document, lists, platform, provision, redline, standing

_INTRODUCTION = """# Templates

A site's own folder `templates/` overrides ours file by file: put a file of the same name into it. Files under
`templates/assets/` are copied to the site's `assets/`.

Templates are [Jinja2](https://jinja.palletsprojects.com/), with everything escaped, and a name that is not given is an
error; `a.b` is an attribute, and what stands in a mapping is asked for as `a["b"]`. They print; they never compute.
Each page template extends `base.html`, and gets two things: `frame`, what every page has around its content, and
`page`, its own context, described here. Both are immutable.

Filters: `capital`, `day` ('5 January 2026'), `month`, `iso`, `number` ('1,234'), `shown` (a quote without its Markdown
marks), `html` (marks HTML that the edition made as already escaped; never use it on anything else).

Names: `KINDS`, `AUDIENCES`, `NATURES`, `SCOPES`, `EXPOSURES`, `EVENTS` and `STATUSES` give the words for a value;
`TAGS`, `LONG_TAGS` and `KIND_TAGS` the element that shows an exposure or a kind of event; `count(2, "document")` writes
'2 documents'.

This file is made by `python -m govdigest.publish.describe`.
"""


def _fields(source: str) -> Iterator[tuple[str, str, str]]:
    """Name, type and docstring of each field of the dataclass in ``source``."""
    (definition,) = ast.parse(textwrap.dedent(source)).body
    assert isinstance(definition, ast.ClassDef)
    body = definition.body
    for number, line in enumerate(body):
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
            after = body[number + 1] if number + 1 < len(body) else None
            words = ""
            if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                words = " ".join(str(after.value.value).split())
            yield line.target.id, ast.unparse(line.annotation), words


def _contexts(module: ModuleType) -> list[type]:
    """The dataclasses that ``module`` defines, in its order."""
    return [
        value
        for value in vars(module).values()
        if isinstance(value, type) and is_dataclass(value) and value.__module__ == module.__name__
    ]


def _section(context: type) -> str:
    words = inspect.getdoc(context) or ""
    lines = [f"### {context.__name__}", "", words, ""]
    for name, kind, meaning in _fields(inspect.getsource(context)):
        lines.append(f"- `{name}`: `{kind}`" + (f" – {meaning}" if meaning else ""))
    return "\n".join(lines) + "\n"


def describe() -> str:
    """The whole page."""
    parts = [_INTRODUCTION, "## Every page\n", _section(frame.Frame), _section(frame.Crumb), _section(frame.FeedLink)]
    pages = (lists, platform, document, provision, standing)
    own = [context for module in pages for context in _contexts(module)]
    parts.append("## A template and its page\n")
    parts += [_section(context) for context in own if context.__name__.endswith("Page")]
    parts.append("## What pages are made of\n")
    rest = [context for context in own if not context.__name__.endswith("Page")]
    shared = (context for module in (timeline, fulltext, redline) for context in _contexts(module))
    parts += [_section(context) for context in (*_contexts(common), *rest, *shared)]
    parts.append("## The edition's nouns\n")
    parts += [_section(context) for context in _contexts(nouns)]
    return "\n".join(parts)


if __name__ == "__main__":
    sys.stdout.write(describe())
