"""What functions are worth at arrays, exactly, in balls and in float64."""
