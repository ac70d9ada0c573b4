"""From tensors back to the formula that a person would write."""
