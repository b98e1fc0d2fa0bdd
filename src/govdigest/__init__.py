"""A static digest of what platforms' policies state, and of how they change."""

__version__ = "0.1.0"
