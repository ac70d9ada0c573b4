"""Measurements beside peers, in one run: `make bench`. Nothing is written and nothing asserted."""
