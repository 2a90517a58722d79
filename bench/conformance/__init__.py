"""The W3C's own tests of SPARQL, run over HTTP and on the engine alone: `make conformance SUITES=DIR`."""
