import time

import pytest

from symback.errors import InputError, LimitError, Span
from symback.problem.faults import Faults
from symback.problem.nodes import Entries, Items, Scalar
from symback.problem.yaml_source import read_yaml


def read(text):
    """The root node of a text without faults."""
    faults = Faults()
    root = read_yaml(text, "f.yaml", faults)
    faults.stop()
    return root


def codes(text):
    """The codes of the faults of form in a text."""
    faults = Faults()
    try:
        read_yaml(text, "f.yaml", faults)
        faults.stop()
    except (InputError, LimitError) as error:
        return [diagnostic.code for diagnostic in error.diagnostics]
    return []


def test_every_scalar_keeps_text_and_place():
    """Text is exact, line and column count from 1, width is that of the written text."""
    root = read("a: 0.10\nb:\n  - 'it''s'\n")

    assert isinstance(root, Entries)
    (_, number), (_, items) = root.entries
    assert (number.text, number.place().line, number.place().column) == ("0.10", 1, 4)
    assert isinstance(items, Items)
    place = items.items[0].place()
    assert (place.line, place.column, place.width, place.text) == (3, 5, 7, "  - 'it''s'")


@pytest.mark.parametrize(
    ("text", "word", "line", "column"),
    [
        ("a: one two", "two", 1, 8),
        ("a: one\n   two", "two", 2, 4),
        ("a: one\n\n\n   two", "two", 4, 4),
        ("a: 'it''s two'", "two", 1, 11),
        ("a: 'one\n   two'", "two", 2, 4),
        ('a: "\\u0061\\x62\\t two"', "two", 1, 18),
        ('a: "one \\\n   two"', "two", 2, 4),
        ('a: "one\n   two"', "two", 2, 4),
        ("a: |\n  one\n    two\n", "two", 3, 5),
        ("a: >-\n  one\n\n  two\n", "two", 4, 3),
        ("a: >  # remark\n  one\n  two\n", "two", 3, 3),
        ("a: one\r\n  two", "two", 2, 3),
    ],
)
def test_offsets_lead_back_to_the_file(text, word, line, column):
    """A span of the decoded text is found again in all five styles of scalars."""
    scalar = read(text).entries[0][1]
    assert isinstance(scalar, Scalar)
    start = scalar.text.index(word)

    place = scalar.place(Span(start, start + len(word)))

    assert (place.line, place.column, place.width) == (line, column, len(word))


def test_a_place_behind_the_end_stays_on_the_line():
    """The span behind the last character points behind the text."""
    scalar = read("a: one\nb: 2").entries[0][1]

    place = scalar.place(Span(3, 3))

    assert (place.line, place.column, place.width) == (1, 7, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\na: 2", ["E102"]),
        ("a: &b 1", ["E103"]),
        ("a: *b", ["E103"]),
        ("a: !!int 1", ["E103"]),
        ("<<: 1", ["E103"]),
        ("a: !!python/object/apply:os.getpid []", ["E103"]),
        ("a: &a [1, *a]", ["E103", "E103"]),
        ("a: &a {b: *a}", ["E103", "E103"]),
        ("a: 1\n---\nb: 2", ["E104"]),
        ("a: \x1b", ["E105"]),
        ("a: @b", ["E101"]),
        ("a: b: c", ["E101"]),
        ("a:\n\t- b", ["E101"]),
        ("[a]: b", ["E101"]),
        ("a: @b\nc: [x[0], 1]\nd: 'e", ["E101", "E101", "E101"]),
        ("a: [1, 2\nb: 3\n", ["E101"]),
    ],
)
def test_faults_of_form(text, expected):
    """Everything beyond plain YAML is refused with its own code, all at once."""
    assert codes(text) == expected


def test_a_line_that_yaml_cannot_read_is_quoted_in_the_hint():
    """The hint is the line as it should be."""
    faults = Faults()
    read_yaml("z: @x it's", "f", faults)

    assert faults.error().diagnostics[0].hint == "quote it: `z: '@x it''s'`"


@pytest.mark.parametrize("text", ["a: no", "a: on", "a: 1:30", "a: 2026-11-22", "no: on"])
def test_yaml_1_1_words_are_text(text):
    """What older YAML takes for booleans, minutes and dates stays what was written."""
    key, value = read(text).entries[0]

    assert f"{key.text}: {value.text}" == text


ALIASES = "\n".join(
    ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 10)]
)
MERGES = "\n".join(
    ["a0: &a0 {x: 1}"]
    + [f"a{i}: &a{i} {{<<: [{', '.join([f'*a{i - 1}'] * 9)}]}}" for i in range(1, 8)]
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ALIASES, "E103"),
        (MERGES, "E103"),
        ("[" * 5000 + "]" * 5000, "E106"),
        ("a: " + "[" * 100_000, "E106"),
        ("- " * 200_000, "E106"),
        ("a: [" + "1," * 520_000 + "1]", "E106"),
        ("a: [" + "1," * 210_000 + "1]", "E106"),
        ("a: \0", "E105"),
        ("a: '" + "\\" * 100_001, "E101"),
        ("a: @\n" * 5000, "E101"),
    ],
)
def test_hostile_texts_end_at_once(text, code):
    """Bombs of aliases, merges, nesting and size are refused before anything grows."""
    began = time.process_time()

    assert code in codes(text)
    assert time.process_time() - began < 2
