"""The evaluation of reading: how much of what a person finds in documents the extractors find, and at what cost."""
