"""Pull: the only room that opens the network. Sources in, captures out; politely, and to public addresses alone."""

from __future__ import annotations

from govdigest.pull.agent import agent_name
from govdigest.pull.fetcher import Fetcher

__all__ = ["Fetcher", "agent_name"]
