"""The SHACL shapes a release must satisfy, and the check."""
