"""Canonical sums of indexed monomials with symbolic dimensions: the algebra of everything else."""
