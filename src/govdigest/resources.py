"""Where templates and content are: ours from the wheel or the checkout, and over them the site's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of one site. In ``templates`` and ``content`` a later folder overrides file by file."""

    root: Path
    templates: tuple[Path, ...]
    content: tuple[Path, ...]

    @property
    def archive(self) -> Path:
        """Versions, events and states: committed."""
        return self.root / "content" / "archive"

    @property
    def work(self) -> Path:
        """Kept captures and caches: not committed, and may be deleted."""
        return self.root / ".govdigest"

    @property
    def captures(self) -> Path:
        """The last accepted capture of each source."""
        return self.work / "captures"

    @property
    def cache(self) -> Path:
        """What can be computed again."""
        return self.work / "cache"


def shipped(name: str) -> Path:
    """Our own ``templates`` or ``content``: in the wheel, or in the checkout that an editable install points to.

    Raises FileNotFoundError when the installation has lost them.
    """
    for folder in (_PACKAGE / "_data" / name, _PACKAGE.parents[1] / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"govdigest's own {name}/ is missing from this installation")


def folders(root: Path) -> Folders:
    """The folders of the site at ``root``."""
    return Folders(root, _over(shipped("templates"), root / "templates"), _over(shipped("content"), root / "content"))


def _over(ours: Path, own: Path) -> tuple[Path, ...]:
    return (ours, own) if own.is_dir() and own.resolve() != ours.resolve() else (ours,)
