"""What is wrong with an answer: the mistake that gives it, in words for a person."""
