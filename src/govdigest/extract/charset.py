"""From bytes to characters: byte order mark, header, ``<meta>``, then UTF-8, then Windows-1252 (WHATWG Encoding)."""

from __future__ import annotations

import codecs
import re

from govdigest.extract.errors import UnreadableBytes

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEADER = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_META = re.compile(rb"""<meta\b[^>]{0,300}?charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_HEAD = 4096
# The names that the WHATWG standard reads as Windows-1252, and one that browsers read as GBK's superset.
_ALIASES = {"iso-8859-1": "windows-1252", "latin1": "windows-1252", "us-ascii": "windows-1252", "ascii": "windows-1252",
            "gb2312": "gb18030", "gbk": "gb18030", "x-user-defined": "windows-1252", "utf8": "utf-8"}  # fmt: skip
_SAMPLE = 65_536
_ODD = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_MOST_ODD = 0.04
_FEW_ODD = 12


def decode(body: bytes, media_type: str = "") -> str:
    """The characters of ``body``; what cannot be decoded becomes U+FFFD. Raises UnreadableBytes where it is no text."""
    text = _decode(body, media_type)
    sample = text[:_SAMPLE]
    if len(_ODD.findall(sample)) > max(_FEW_ODD, _MOST_ODD * len(sample)):
        raise UnreadableBytes("the bytes are no text in any encoding that the page declares")
    return text


def _decode(body: bytes, media_type: str) -> str:
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    declared = []
    header = _HEADER.search(media_type)
    if header:
        declared.append(header[1])
    meta = _META.search(body[:_HEAD])
    if meta:
        name = meta[1].decode("ascii", "replace")
        # a page that could be read this far is not in UTF-16, whatever it says (WHATWG HTML, 13.2.3.2)
        declared.append("utf-8" if name.lower().startswith("utf-16") else name)
    for name in (*declared, "utf-8"):
        codec = _codec(name)
        if codec is None:
            continue
        try:
            return body.decode(codec)
        except (UnicodeDecodeError, UnicodeError):
            continue
    utf8 = body.decode("utf-8", "replace")
    if utf8.count("\ufffd") * 500 <= len(utf8):
        # a slip or two in a page that is UTF-8 all over
        return utf8
    return body.decode("windows-1252", "replace")


def _codec(name: str) -> str | None:
    """Python's name of a text encoding; None for what is unknown, or none."""
    name = _ALIASES.get(name.lower(), name.lower())
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return info.name if getattr(info, "_is_text_encoding", True) else None
