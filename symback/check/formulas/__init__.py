"""What formulas mean: names, random values for them, and whether two are the same tensor."""
