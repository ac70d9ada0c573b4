"""Answers of a person: what each one claims, and whether it is right."""
