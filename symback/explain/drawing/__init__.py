"""What a drawing of the computational graph shows, and the chain rule along its paths."""
