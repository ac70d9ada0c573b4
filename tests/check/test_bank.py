"""Banks of altered values: for all sheets, and where one person has some lines otherwise."""

import numpy as np

from symback.check.derivation.truth import Quantity, TrueValues
from symback.check.diagnosis.bank import Bank
from symback.check.diagnosis.case import Case
from symback.functions import table
from symback.problem.load import load_text

NET = """\
given:
  x: [0.5, 0.2]
  W: [[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]]
  t: [1, 0, 0.5]
define:
  z: W @ x
  y: sigmoid(z)
  L: sum((y - t)**2)/2
find:
  - {gradient: L, wrt: W}
"""


def fits(bank, truth, name, alter):
    """Return kind and quality of the alterations that give an altered true value everywhere."""
    points = truth.all_points()
    chain = bank.chain
    true = {
        k: np.asarray(point.environment(chain.main, truth.functions)[name])
        for k, point in enumerate(points)
    }
    got = {k: alter(value) for k, value in true.items()}
    case = Case(got, true, None, Quantity(name, chain), False)
    return [(change.alteration.kind, how) for change, how, _ in bank.fitting(case, 0, lambda x: x)]


def test_a_bank_with_lines_as_one_person_has_them_explains_what_the_common_one_does():
    """With right lines it finds the same; with others, the same mistakes on top of those."""
    truth = TrueValues(load_text(NET, "net.yaml", table()), table())
    (chain,) = [one for one in truth.chains if one.has("dL_dW")]
    common = Bank(truth, chain, "dL_dW")
    signals = [
        {"dL_dz": np.asarray(point.environment(chain.main, truth.functions)["dL_dz"])}
        for point in truth.all_points()
    ]
    own = common.with_lines(signals)
    wrong = common.with_lines([{"dL_dz": 3 * one["dL_dz"]} for one in signals])

    turned = fits(common, truth, "dL_dW", lambda value: value.T)
    assert ("transposed", 2) in turned
    assert len(own) < len(common)
    assert fits(own, truth, "dL_dW", lambda value: value.T) == turned
    assert ("transposed", 2) in fits(wrong, truth, "dL_dW", lambda value: 3 * value.T)
    assert ("transposed", 2) not in fits(wrong, truth, "dL_dW", lambda value: value.T)
