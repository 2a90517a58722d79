"""Other servers, as far as the operator allows them: which may be asked, how, and for how long. By default none."""
