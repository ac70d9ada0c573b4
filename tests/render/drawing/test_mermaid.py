"""Mermaid sources: structure, escaping."""

from __future__ import annotations

import re

import pytest

from symback.render.drawing.mermaid import mermaid
from tests.render.drawing import samples
from tests.render.drawing.attacks import ATTACKS
from tests.render.drawing.test_svg import hostile

EXERCISE = """\
flowchart LR
  n0("a<br/>1<br/>∂ 3")
  n1("b<br/>2<br/>∂ 3")
  n2("c<br/>3<br/>∂ −9")
  n3("d<br/>4<br/>∂ 9")
  n4["e = a + b<br/>3<br/>∂ 3"]
  n5["f = c − d<br/>−1<br/>∂ −9"]
  n6["z = e·f<br/>−3<br/>∂ −3"]
  n7[["L = z²/2<br/>4.5<br/>∂ 1"]]
  n0 -- "1" --> n4
  n1 -- "1" --> n4
  n2 -- "1" --> n5
  n3 -- "−1" --> n5
  n4 -- "−1" --> n6
  n5 -- "3" --> n6
  n6 -- "−3" --> n7
"""


def test_the_exercise():
    """The whole flowchart of 7.2."""
    assert mermaid(samples.exercise()) == EXERCISE


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_is_encoded(attack):
    """Between the quotes nothing but safe characters, codes and our own line breaks."""
    text = mermaid(hostile(attack))

    assert text.count("\n") <= 4
    for label in re.findall(r'"(.*?)"', text):
        assert not set(label.replace("<br/>", "")) & set("<>&\"'`[]{}\\$%*_~|:-\x1b\x00")
