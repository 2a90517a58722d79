"""Other programs that find out who says what, made to look like extractors so that they run under the same scores."""
