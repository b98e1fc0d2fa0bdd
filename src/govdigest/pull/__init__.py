"""The pull room."""
