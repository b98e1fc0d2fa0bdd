"""Why bytes gave no text.

ExtractError
├── UnreadableBytes   the bytes are no text, or no such file as they claim
├── SelectorError     ``select``, ``remove``, ``from`` or ``to`` matches nothing
├── Encrypted         a PDF that opens only with a password
├── ImageOnly         a PDF of pictures, without letters
└── TooLarge          more bytes than a policy can have
"""

from __future__ import annotations

from typing import ClassVar

from govdigest.model import FailureClass


class ExtractError(Exception):
    """No text can be had of these bytes; ``reason`` is the failure class that pages show."""

    reason: ClassVar[FailureClass] = FailureClass.UNREADABLE_BYTES


class UnreadableBytes(ExtractError):  # noqa: N818 (named for what it says)
    """Neither text nor a file that can be read."""


class SelectorError(ExtractError):
    """A selector of the source matches nothing on the page."""

    reason = FailureClass.SELECTOR


class Encrypted(ExtractError):  # noqa: N818
    """The file asks for a password."""

    reason = FailureClass.ENCRYPTED


class ImageOnly(ExtractError):  # noqa: N818
    """The file has pages, but no letters."""

    reason = FailureClass.IMAGE_ONLY


class TooLarge(ExtractError):  # noqa: N818
    """The file is larger than is read."""

    reason = FailureClass.TOO_LARGE
