"""The table of mistakes, each a way to alter a true derivation, and applying it everywhere."""
