"""Equal tensors, the shorter for a reader: sums in, sums out."""
