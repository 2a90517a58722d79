"""The HTTP face: the SPARQL 1.1 Protocol, the canned queries, and what operating them takes."""

from server.http.application import create_app

__all__ = ["create_app"]
