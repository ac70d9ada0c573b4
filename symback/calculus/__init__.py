"""From trees to tensors, and from a scalar back to the cotangent of all it depends on."""
