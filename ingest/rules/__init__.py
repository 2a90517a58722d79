"""The extractor that needs no model of its own making: rules over the parse, with cues and patterns as data files."""
