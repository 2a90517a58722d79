"""Ten thousand hostile requests at a real server, and what a well-behaved client notices of them."""
