"""The order in which a solution is told."""

from symback.explain.telling.story import story_of
from symback.language import write
from tests.solved import GRAPH, MAPS, PERCEPTRON, solved


def names_of(statements):
    """The names of lines, in their order."""
    return [one.name for one in statements]


def test_signals_stand_before_the_gradients_that_use_them():
    """The backward pass of a perceptron is told layer by layer, as a textbook does."""
    story = story_of(solved(PERCEPTRON))

    assert names_of(story.forward) == ["z1", "h", "z2", "y", "L"]
    order = ["dL_dz2", "dL_dW2", "dL_db2", "dL_dz1", "dL_dW1", "dL_db1"]
    assert order == names_of(story.backward)
    assert story.reverse
    assert not story.split


def test_signals_know_the_steps_they_come_through():
    """δ₂ comes through y, and swallowed the slope of the sigmoid."""
    story = story_of(solved(PERCEPTRON))
    signal = story.backward[0]

    assert signal.through == ("y",)
    assert [write(one.formula) for one in signal.melted] == ["y*(1 - y)"]
    assert signal.of == "L"
    assert signal.wrt == "z2"


def test_answers_stand_under_their_parts_with_components():
    """Small results are shown entry by entry; values have no components."""
    story = story_of(solved(PERCEPTRON))

    assert [part.name for part in story.parts] == ["a", "b", "c"]
    assert [len(answer.components) for answer in story.parts[2].answers] == [6, 2, 6, 3]
    assert [len(answer.components) for answer in story.parts[0].answers] == [0, 0, 0]


def test_large_results_show_what_was_asked_for():
    """Of 20 entries only the expected one is shown."""
    story = story_of(
        solved(
            """
            given: {A: {shape: [4, 5]}}
            define: {L: sum(A**2)}
            find: [{gradient: L, wrt: A, expect: {'A[3,4]': 1}}]
            """
        )
    )

    assert [one.index for one in story.parts[0].answers[0].components] == [(3, 4)]


def test_parts_with_clashing_names_are_told_apart():
    """Three results called dL_dx, each after the cotangent that it starts from."""
    story = story_of(solved(MAPS))

    assert story.split
    assert [one.name for one in story.backward if one.part == "a"] == ["dL_dF1", "dL_dx"]
    assert story.backward[0].kind == "given"


def test_scalars_have_paths():
    """Gradients of scalars by scalars have the chain rule along every path."""
    story = story_of(solved(GRAPH))
    by_name = {one.name: one for one in story.backward}

    product = by_name["dL_da"].paths.products[0]
    assert [(s.step, s.operand) for s in product] == [("L", "z"), ("z", "e"), ("e", "a")]


def test_expressions_that_are_differentiated_join_the_forward_pass():
    """A gradient of an expression shows what is differentiated."""
    story = story_of(solved("given: {x: [1, 2]}\nfind: [{gradient: sum(x*x), wrt: x}]"))

    assert names_of(story.forward) == ["L"]
    assert names_of(story.backward) == ["dL_dx"]


def test_other_derivatives_are_no_reverse_pass():
    """A Jacobian is not told as a backward pass."""
    story = story_of(solved("given: {x: [1, 2]}\ndefine: {F: x*x}\nfind: [{jacobian: F}]"))

    assert not story.reverse
    assert story.backward[0].verb == "jacobian"


def test_steps_stand_after_what_they_use_in_whatever_order_they_are_written():
    """The forward pass is told as it is computed."""
    text = "given: {a: 1}\ndefine: {L: z**2, z: 2*e, e: a + 1}\nfind: [{gradient: L}]"

    assert names_of(story_of(solved(text)).forward) == ["e", "z", "L"]


def test_several_targets_of_one_entry_have_names_of_their_own():
    """Each expression and each scalar without a name gets one, and only its own slopes."""
    text = """
    given: {x: [1, 2]}
    define: {F: x**2, G: exp(x)}
    find:
      - {gradient: [sum(F), sum(G)], wrt: x, expect: {dL1_dx: exp(x)}}
      - {vjp: [F, G], wrt: x, cotangent: [1, -1]}
    """
    story = story_of(solved(text))

    assert names_of(story.forward) == ["F", "G", "L", "L1"]
    results = [one for one in story.backward if one.kind == "result"]
    assert names_of(results) == ["dL_dx", "dL1_dx"] * 2
    assert [len(one.melted) for one in results] == [0, 1, 0, 1]
    assert write(results[2].formula) == "2*(x*stack([1, -1]))"
