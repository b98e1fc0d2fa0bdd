"""The press: templates compiled once, pages printed from typed contexts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from jinja2 import compiler, nodes
from jinja2.compiler import CodeGenerator
from markupsafe import Markup, escape

import govdigest
from govdigest.edition.nouns import VersionView
from govdigest.model import Site, Text
from govdigest.publish import words
from govdigest.publish.errors import TemplateError
from govdigest.publish.frame import Frame

_CONTROLS = bytes(byte for byte in range(32) if byte not in (9, 10, 13)) + b"\x7f"
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_SHORT = 200
"""Characters; longer words are rarely printed twice by one process."""
_MOST = 65_536
"""Words that a template keeps."""
_NONCHARACTERS = re.compile(rb"\xef\xb7[\x90-\xaf]|\xef\xbf[\xbe\xbf]")

Files = Iterable[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Output:
    """One page or artefact to be: the files that it consists of, what it is made of, and how."""

    name: str
    """Unique, and stable between builds: the page's path."""
    files: tuple[str, ...]
    inputs: tuple[object, ...]
    """All that ``make`` uses beside the site and the code: equal inputs, equal files."""
    make: Callable[[Press], Files]
    in_sitemap: bool = False
    searched: bool = False
    """The search index covers it."""


def encoded(text: str) -> bytes:
    """UTF-8 without the characters that HTML forbids."""
    data = text.encode("utf-8", "replace").translate(None, _CONTROLS)
    if b"\xc2" in data:
        data = _C1.sub(b"", data)
    if b"\xef" in data:
        data = _NONCHARACTERS.sub(b"", data)
    return data


def _trusted(html: str) -> Markup:
    return Markup(html)  # noqa: S704 - HTML that the edition or fulltext made, both from escaped text


def _tag(kind: str, name: str) -> Markup:
    return Markup('<span class="{}">{}</span>').format(kind, name)


class _Escapes(dict[str, str]):
    """What a template prints of a value, by value: most are names and addresses that come again on page after page.

    A look-up costs a fifth of a call of ``escape``. Only plain strings in which nothing is to be escaped are kept:
    whatever equals such a string, markup too, is printed as it.
    """

    def __missing__(self, value: object) -> str:
        if type(value) is Markup:
            return value
        printed = str(escape(value))
        if type(value) is str and printed == value and len(value) < _SHORT and len(self) < _MOST:
            self[value] = value
        return printed


class _Template(jinja2.Template):
    """A template that prints by ``_Escapes``."""

    @classmethod
    def from_code(
        cls,
        environment: jinja2.Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002 - Jinja names it
        uptodate: Callable[[], bool] | None = None,
    ) -> jinja2.Template:
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func.__globals__["escape"] = _Escapes().__getitem__
        return template


class _Generator(CodeGenerator):
    """Attributes are looked up where they stand, and not by a call for each: a page has hundreds."""

    def visit_Getattr(self, node: nodes.Getattr, frame: compiler.Frame) -> None:  # noqa: N802 - Jinja names it
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")


class _Environment(jinja2.Environment):
    template_class = _Template
    code_generator_class = _Generator


class Press:
    """Jinja2 with every template compiled at most once; ``templates``: folders, later ones override earlier ones."""

    def __init__(self, site: Site, templates: Sequence[Path], bytecode: Path | None = None) -> None:
        self.site = site
        self._text: tuple[VersionView, Text] | None = None
        self.folders = tuple(templates)
        cache = None
        if bytecode is not None:
            bytecode.mkdir(parents=True, exist_ok=True)
            cache = jinja2.FileSystemBytecodeCache(str(bytecode))
        self.env = _Environment(
            loader=jinja2.FileSystemLoader([str(folder) for folder in reversed(self.folders)]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=cache,
            cache_size=-1,
        )
        self.env.filters.update(
            capital=words.capital,
            day=words.day,
            html=_trusted,
            iso=words.iso,
            month=words.month,
            number=words.number,
            shown=words.shown,
            taken=words.taken,
        )
        self.env.globals.update(
            AUDIENCES=words.AUDIENCES,
            DATES=words.DATES,
            EVENTS=words.EVENTS,
            EXPOSURES=words.EXPOSURES,
            KINDS=words.KINDS,
            NATURES=words.NATURES,
            SCOPES=words.SCOPES,
            STATUSES=words.STATUSES,
            VERDICTS=words.VERDICTS,
            count=words.count,
            KIND_TAGS={kind: _tag(f"kind {kind}", name) for kind, name in words.EVENTS.items()},
            LONG_TAGS={value: _tag(f"x {value}", name) for value, name in words.EXPOSURES.items()},
            TAGS={value: _tag(f"x {value}", words.capital(str(value))) for value in words.EXPOSURES},
        )

    def text(self, view: VersionView) -> Text:
        """The text of a version: loaded once for the pages that follow each other."""
        if self._text is None or self._text[0] is not view:
            self._text = (view, view.text)
        return self._text[1]

    def html(self, template: str, frame: Frame, page: object) -> bytes:
        """The page that ``template`` makes of its context; raises TemplateError."""
        try:
            return encoded(self.env.get_template(template).render(frame=frame, page=page))
        except jinja2.TemplateNotFound as error:
            raise TemplateError(f"no template {error.name} in {', '.join(map(str, self.folders))}") from error
        except jinja2.TemplateSyntaxError as error:
            raise TemplateError(f"{error.filename or error.name}:{error.lineno}: {error.message}") from error
        except jinja2.UndefinedError as error:
            raise TemplateError(f"{template}, on the page {frame.path or '/'}: {error.message}") from error
        except (AttributeError, TypeError) as error:  # such as a noun's missing part, or printing a list
            raise TemplateError(f"{template}, on the page {frame.path or '/'}: {error}") from error

    def assets(self) -> dict[str, Path]:
        """Files of the templates' ``assets`` folders, by name: a site's own file takes the place of ours."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            base = folder / "assets"
            if base.is_dir():
                found |= {
                    path.relative_to(base).as_posix(): path
                    for path in sorted(base.rglob("*"))
                    if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
                }
        return dict(sorted(found.items()))


def engine_hash(site_hash: str, templates: Sequence[Path]) -> str:
    """One hash over all that shapes pages beside the edition: this package's code, the templates, the site's facts."""
    digest = hashlib.sha256(site_hash.encode())
    digest.update(jinja2.__version__.encode())
    package = Path(govdigest.__file__).parent
    for folder, pattern in ((package, "*.py"), *((Path(folder), "*") for folder in templates)):
        for path in sorted(folder.rglob(pattern)):
            if path.is_file():
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
