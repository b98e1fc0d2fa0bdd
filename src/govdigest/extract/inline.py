"""A run of text, emphasis and links as one Markdown paragraph in which every character of the page stays text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin, urlsplit

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffc\ufffe\uffff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
)
_SPACE = re.compile(r"\s+")
_ESCAPED = re.compile(r"[\\`*\[\]<]|~(?=~)|(?<=~)~|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w{1,32};)")
_SPECIAL = re.compile(r"[\\`*\[\]<~_&]")
_LINE_START = re.compile(
    r"(?:(\d{1,9})(?=[.)](?:\s|$))|(?=#{1,6}(?:\s|$)|[-+](?:\s|$)|>|[-=]+\s*$|~{3}|[|:][|:\- ]*-))"
)
_NEEDLESS = re.compile(r"\A(?:(\d{1,9})\\(?=[.)])|\\([-+=>](?=\s)))")
_LONGEST_TARGET = 1000
_SCHEMES = {"http", "https", "mailto"}
_SAFE_IN_TARGET = "!#$%&'*+,/:;=?@-._~"

OPEN, CLOSE, LINK, UNLINK, BREAK = "open", "close", "link", "unlink", "break"


def clean(text: str) -> str:
    """``text`` without characters that no reader sees."""
    return text if text.isascii() and "\x7f" not in text else _INVISIBLE.sub("", text)


def escape(text: str) -> str:
    """``text`` such that Markdown shows its every character."""
    return _ESCAPED.sub(r"\\\g<0>", text) if _SPECIAL.search(text) else text


def escape_start(line: str) -> str:
    """``line`` such that it begins no block."""
    match = _LINE_START.match(line)
    if match is None:
        return line
    return f"{match[1]}\\{line[match.end() :]}" if match[1] else f"\\{line}"


def within_line(line: str) -> str:
    """``line`` for a place where no block can begin, such as a heading or a cell: the escapes for that undone."""
    return _NEEDLESS.sub(lambda match: match[1] or match[2], line, count=1)


def target(href: str, base: str) -> str:
    """A link's destination, safe to write into Markdown; empty for one that is not kept.

    Kept are http(s), mailto and relative addresses; those within the page are not, as it has no anchors any more.
    """
    href = _SPACE.sub("", clean(href))
    if not href or href[0] == "#" or len(href) > _LONGEST_TARGET:
        return ""
    try:
        scheme = urlsplit(href).scheme.lower()
        if not scheme and base:
            href = urljoin(base, href)
            scheme = urlsplit(href).scheme.lower()
            if href.split("#")[0] == base.split("#")[0] and "#" in href:
                return ""
    except ValueError:
        return ""
    if scheme and scheme not in _SCHEMES:
        return ""
    if not scheme and ":" in href.split("/")[0]:
        return ""
    return quote(href, safe=_SAFE_IN_TARGET)


@dataclass(slots=True)
class Inline:
    """Tokens of one run, in page order: (what, value)."""

    tokens: list[tuple[str, str]] = field(default_factory=list)
    words: bool = False
    """Whether anything visible has been put."""

    def text(self, text: str | None) -> None:
        """Text as the page has it."""
        if text:
            self.tokens.append(("", text))
            if not self.words and not text.isspace():
                self.words = True

    def put(self, what: str, value: str = "") -> None:
        """A mark: an emphasis or a link that opens or closes, or a line break."""
        self.tokens.append((what, value))

    def paragraphs(self) -> list[str]:
        """The run as Markdown paragraphs: one, or more where it has empty lines."""
        if not self.words:
            return []
        runs: list[list[tuple[str, str]]] = [[]]
        breaks = 0
        for token in self.tokens:
            if token[0] == BREAK:
                breaks += 1
                if breaks == 2:
                    runs.append([])
                elif breaks == 1:
                    runs[-1].append(token)
                continue
            if not token[0] and clean(token[1]).strip():
                breaks = 0
            runs[-1].append(token)
        if len(runs) > 1:
            runs = _balanced(runs)
        return [line for run in runs if (line := _serialise(run))]


def _balanced(runs: list[list[tuple[str, str]]]) -> list[list[tuple[str, str]]]:
    """Marks that span an empty line are closed before it, and opened again behind it."""
    opened: list[tuple[str, str]] = []
    out = []
    for run in runs:
        mended = list(opened)
        for token in run:
            mended.append(token)
            if token[0] in {OPEN, LINK}:
                opened.append(token)
            elif token[0] in {CLOSE, UNLINK} and opened:
                opened.pop()
        mended.extend((CLOSE, value) if what == OPEN else (UNLINK, value) for what, value in reversed(opened))
        out.append(mended)
    return out


class _Serialiser:
    """Writes tokens: spaces collapse and move out of marks, empty marks vanish, adjoining equal ones melt."""

    def __init__(self) -> None:
        self.out: list[tuple[str, str]] = []
        self.space = False
        self.waiting: list[tuple[str, str]] = []
        """Opening marks whose first word has not come yet."""
        self.depth = 0
        """Emphasis within emphasis is not written."""
        self.links = 0

    def token(self, what: str, value: str) -> None:
        if what == "":
            self.words(value)
        elif what == BREAK:
            if self.out:
                self.space = False
                self.out.append((BREAK, ""))
        elif what == OPEN:
            self.depth += 1
            if self.depth == 1:
                self.waiting.append((what, value))
        elif what == CLOSE:
            self.depth -= 1
            if self.depth == 0:
                self.closing(OPEN, what, value)
        elif what == LINK:
            self.links += 1
            if self.links == 1:
                self.waiting.append((what, value))
        elif what == UNLINK:
            self.links -= 1
            if self.links == 0:
                self.closing(LINK, what, value)

    def closing(self, opener: str, what: str, value: str) -> None:
        for index in range(len(self.waiting) - 1, -1, -1):
            if self.waiting[index][0] == opener:
                del self.waiting[index]
                return
        self.out.append((what, value))

    def words(self, text: str) -> None:
        text = clean(text)
        if not text:
            return
        if text[0].isspace():
            self.space = True
        words = " ".join(text.split())
        if not words:
            return
        if self.space and self.out and self.out[-1][0] != BREAK:
            last = self.out[-1]
            if last[0] == CLOSE and self.waiting and self.waiting[0] == (OPEN, last[1]):
                self.out.pop()
                del self.waiting[0]
            self.out.append(("", " "))
        elif self.out and self.waiting and self.out[-1][0] == CLOSE and self.waiting[0] == (OPEN, self.out[-1][1]):
            self.out.pop()
            del self.waiting[0]
        self.out.extend(self.waiting)
        self.waiting.clear()
        self.out.append(("", escape(words)))
        self.space = text[-1].isspace()


def _serialise(tokens: list[tuple[str, str]]) -> str:
    writer = _Serialiser()
    for what, value in tokens:
        writer.token(what, value)
    out = writer.out
    while out and out[-1][0] == BREAK:
        out.pop()
    pieces: list[str] = [value if what in {"", OPEN, CLOSE} else "" for what, value in out]
    openings: list[int] = []
    pairs: list[tuple[int, int]] = []
    for index, (what, _) in enumerate(out):
        if what in {OPEN, LINK}:
            openings.append(index)
        elif what in {CLOSE, UNLINK} and openings:
            start = openings.pop()
            if what == UNLINK and out[start][0] == LINK:
                pieces[start], pieces[index] = "[", f"]({out[start][1]})"
            elif what == CLOSE and out[start][0] == OPEN:
                pairs.append((start, index))
            else:  # marks that overlap cannot be written
                pieces[start] = pieces[index] = ""
    for start, end in pairs:
        if not _flanks(pieces, start, end):
            pieces[start] = pieces[end] = ""
    for index, (what, _) in enumerate(out):
        if what == BREAK:
            pieces[index] = "\\\n"
        elif what == LINK and index and pieces[index] == "[" and pieces[index - 1].endswith("!"):
            pieces[index - 1] = pieces[index - 1][:-1] + "\\!"
    lines = "".join(pieces).strip().split("\n")
    return "\n".join(escape_start(line.strip()) for line in lines).strip()


def _flanks(pieces: list[str], start: int, end: int) -> bool:
    """Whether the marks at ``start`` and ``end`` read as emphasis (CommonMark 6.2)."""
    before = _neighbour(pieces, start, -1)
    first = _neighbour(pieces, start, 1)
    last = _neighbour(pieces, end, -1)
    after = _neighbour(pieces, end, 1)
    if "*" in (before, after) or not first.strip() or not last.strip():
        return False
    opens = not _punctuation(first) or not before.strip() or _punctuation(before)
    closes = not _punctuation(last) or not after.strip() or _punctuation(after)
    return opens and closes


def _neighbour(pieces: list[str], index: int, step: int) -> str:
    index += step
    while 0 <= index < len(pieces):
        if pieces[index]:
            return pieces[index][0] if step > 0 else pieces[index][-1]
        index += step
    return ""


def _punctuation(character: str) -> bool:
    return bool(character) and not character.isalnum() and not character.isspace()
