"""Which things of a release are one: names of persons and organizations compared, postings and persons clustered.

A document's graph names things as the document does; what is one across documents is decided over the whole release, in
a graph of its own, so that no document's graph depends on another document.
"""
