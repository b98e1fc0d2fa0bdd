"""The changes room."""
