"""Files as people have them, and the documents that lie in them: a kind of file a module."""
