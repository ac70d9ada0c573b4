"""Checking and grading: what is claimed against what is derived.

`expectations` compares every `expect` of a problem, `against` what a Python function returns, and
`grading` the answers of a person. Below them: `formulas` (whether two mean the same), `derivation`
(the truth, line by line), `mistakes` (the table, and applying it), `answers` (what is claimed, and
the verdict) and `diagnosis` (what is wrong). A new mistake is one row in a file of `mistakes`.
"""
