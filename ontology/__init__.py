"""The ontology of the record: its terms, topics and known actors."""
