"""The canned queries: their files read, their parameters bound as terms, their answers written."""
