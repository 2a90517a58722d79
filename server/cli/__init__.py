"""The command line, `onrecord`: every command is a thin face of a function in the rooms, imported when it runs."""

from server.cli.application import main

__all__ = ["main"]
