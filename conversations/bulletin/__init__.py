"""A message of operators to groups."""
