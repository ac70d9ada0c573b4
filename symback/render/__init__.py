"""Plain data as text, LaTeX, Markdown, HTML, JSON and drawings: pure functions that return text."""
