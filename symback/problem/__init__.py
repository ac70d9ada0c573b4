"""Problem files and answer sheets: YAML with places, to checked plain data."""
