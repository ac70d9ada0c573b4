"""What came of grading: for the terminal, for programs, and a sheet for each student."""
