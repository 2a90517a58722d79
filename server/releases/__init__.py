"""Releases: built from documents, stored, described, compared, exported; the only room that writes to disk."""
