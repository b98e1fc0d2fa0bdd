"""The name that we give to sites."""

from __future__ import annotations

from govdigest import __version__
from govdigest.model import Site

PRODUCT = "govdigest"
"""The product token that robots.txt rules are matched with (RFC 9309, section 2.2.1)."""


def agent_name(site: Site) -> str:
    """The user agent: product, version, where to read about it, and whom to write to."""
    about = f"+{site.repository or site.base_url}; {site.contact}"
    # parentheses would end the comment (RFC 9110, section 5.6.5), and other bytes the header
    kept = "".join(character if " " <= character <= "~" and character not in "()\\" else "_" for character in about)
    return f"{PRODUCT}/{__version__} ({kept})"
