"""A solution as plain data: what is given, forward, backward, the answers and the story of each."""
