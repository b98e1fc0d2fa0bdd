"""Pagefind's program, given pages and giving back the files of their index over pipes: no file on either way.

Requests and answers are JSON in base64, each with a comma behind it: the protocol of its ``--service``, which its
packages for Python and Node speak too. Its Python package looks for answers ten times a second, and waits for each
page's: too slow for thousands of them.
"""

from __future__ import annotations

import contextlib
import io
import subprocess
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pagefind_bin

from govdigest.publish.errors import SearchIndexError

_SECONDS = 900.0
_LANGUAGE = "en"
_INDEX = 0
"""Of a process's indexes the first: each process makes one."""

_encode = msgspec.json.Encoder().encode


def program() -> Path:
    """Pagefind's binary, of its wheel. Raises SearchIndexError where there is none."""
    try:
        return Path(pagefind_bin.get_executable())
    except FileNotFoundError as error:
        raise SearchIndexError(f"Pagefind is not installed: {error}") from error


def index_of(pages: Mapping[str, str], *, command: Sequence[str] = (), seconds: float = _SECONDS) -> dict[str, bytes]:
    """The files of an index over ``pages`` (HTML by site path), by name.

    ``command``: a program to run instead of Pagefind's own; ``seconds``: how long it may take. Raises
    SearchIndexError.
    """
    command = command or (str(program()), "--service")
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
    except OSError as error:
        raise SearchIndexError(f"Pagefind did not run: {error}") from error
    late = threading.Timer(seconds, process.kill)
    late.start()
    # it answers while it is asked: whoever only wrote would wait for it, and it for us
    asking = threading.Thread(target=_ask, args=(process.stdin, pages), daemon=True)
    asking.start()
    try:
        with process:
            files = _answers(process.stdout, len(pages) + 2)
            process.kill()  # it has nothing more to say, and would wait for more
    finally:
        late.cancel()
        asking.join()
    return files


def _ask(pipe: Any, pages: Mapping[str, str]) -> None:
    with contextlib.suppress(BrokenPipeError, ValueError):  # it has ended, as whoever reads its answers will tell
        for number, request in enumerate(_requests(pages)):
            pipe.write(b64encode(_encode({"message_id": number, "payload": request})) + b",")
        pipe.flush()


def _requests(pages: Mapping[str, str]) -> Iterable[Mapping[str, object]]:
    yield {"type": "NewIndex", "config": {"force_language": _LANGUAGE}}
    for path, html in pages.items():
        yield {"type": "AddFile", "index_id": _INDEX, "file_path": path, "url": None, "file_contents": html}
    yield {"type": "GetFiles", "index_id": _INDEX}


def _answers(pipe: Any, expected: int) -> dict[str, bytes]:
    """The files that the last of ``expected`` answers brings."""
    rest = io.BytesIO()
    seen = 0
    while chunk := pipe.read1(1 << 20):
        *ended, begun = chunk.split(b",")
        for part in ended:
            answer = _answer(rest.getvalue() + part)
            rest = io.BytesIO()
            seen += 1
            if answer["type"] == "GetFiles":
                return {one["path"]: b64decode(one["content"]) for one in answer["files"]}
        rest.write(begun)
    raise SearchIndexError(f"Pagefind ended, or was stopped, after {seen} of {expected} answers")


def _answer(line: bytes) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = msgspec.json.decode(b64decode(line))["payload"]
        kind = answer["type"]
    except (ValueError, KeyError, TypeError) as error:
        raise SearchIndexError(f"Pagefind answered what is no answer: {line[:100]!r}") from error
    if kind == "Error":
        raise SearchIndexError(f"Pagefind refused a page: {str(answer.get('message'))[:400]}")
    return answer
