"""Changes of the graph: how they are read, evaluated, checked, and made the next release."""
