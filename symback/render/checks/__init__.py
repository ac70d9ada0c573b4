"""What came of expectations: for the terminal and for the services that run checks."""
