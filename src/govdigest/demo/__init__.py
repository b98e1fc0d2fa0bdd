"""The demo room: a fictional world of policies, its weeks, and the sites that serve it on loopback."""

from __future__ import annotations

from govdigest.demo.nouns import Week, WorldError
from govdigest.demo.world import World

__all__ = ["Week", "World", "WorldError"]
