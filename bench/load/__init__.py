"""The same load on onrecord, on `oxigraph serve` and on rdflib-endpoint, in one run: `python -m bench.load`."""
