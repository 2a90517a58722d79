"""From a document to the quads it puts on record: read, extract, resolve, map."""
