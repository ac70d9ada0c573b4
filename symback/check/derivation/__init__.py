"""The true derivation of a problem, line by line, and its values at the points of comparison."""
