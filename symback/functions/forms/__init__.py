"""What functions are as tensors: sums over entries, or one operation without index form."""
