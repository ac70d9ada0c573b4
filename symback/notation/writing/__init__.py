"""From pieces to one tree: what is written side by side, and how long that is."""
