"""What a person has a name for: slices, masks, convolutions, means and their kin."""
