"""Releases, canned queries, the HTTP server and the command line."""
