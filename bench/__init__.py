"""Measurements of onrecord as its users meet it."""
