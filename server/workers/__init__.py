"""Query workers: the processes in which SPARQL is parsed and run, and the pool that keeps them."""
