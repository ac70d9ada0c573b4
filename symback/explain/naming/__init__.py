"""Names for parts of formulas: shared ones, and those that are nested deep."""
