import subprocess
import sys

import pytest

HEAVY = ("numpy", "sympy", "flint", "rich", "mpmath", "pydantic")


def modules_after(*arguments):
    """The names of all modules that a command has imported."""
    program = (
        "import sys\n"
        f"sys.argv = ['symback', *{list(arguments)!r}]\n"
        "from symback.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write(' '.join(sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return done.stderr.rsplit("\n", 1)[-1].split()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--version",),
        ("--help",),
        ("solve", "--help"),
        ("schema",),
        ("explain", "E232"),
        ("solve",),
        ("sovle", "x"),
        ("solve", "x", "--format", "jsno"),
    ],
    ids=" ".join,
)
def test_light_commands_import_nothing_heavy(arguments):
    """Help, version, schema and usage errors need neither numbers nor algebra."""
    assert not set(HEAVY) & set(modules_after(*arguments))


def test_version_does_not_even_import_typer():
    """The version is answered before anything else happens."""
    assert not {"typer", "yaml", "dataclasses"} & set(modules_after("--version"))
