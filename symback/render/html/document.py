"""The page itself: parts put together, with hashes for the only style and script that may act."""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape
from itertools import groupby
from typing import Any

from symback.errors import InputError
from symback.explain.telling.page import Live, Page, PageFormula, PageInput, PageSection
from symback.render.drawing.mathtext import aloud
from symback.render.drawing.svg import legend_of, svg
from symback.render.html.mathml import mathml
from symback.render.html.script import SCRIPT
from symback.render.html.style import FRAGMENT_STYLE, STYLE
from symback.render.javascript import Program, javascript
from symback.render.visible import without_controls

#: Signs in the values of vectors and matrices.
_BLOCK = frozenset("(⎡[")

#: Characters of a formula, and of a value beside it; where one has more the value stands under it.
LONGEST, WIDEST = 32, 32

_HINT = "Point at a formula or a box, or reach it with the Tab key; Enter keeps it, Escape lets go."


def html(page: Page) -> str:
    """Write a page as one HTML file without outside parts.

    Sliders are left out where a function has no form in JavaScript. Text is escaped, mathematics
    rebuilt from known elements, and the policy allows no script and no style but the page's own.
    """
    program = _program(page.live)
    live = page.live if program else None
    script = _script(program)
    aside = _graph(page)
    story = _inputs(live) + _told(page)
    if aside:
        columns = (
            f'<main class="two">\n<div class="column pinned">\n{aside}</div>\n'
            f'<div class="column">\n{story}</div>\n</main>\n'
        )
    else:
        columns = f'<main>\n<div class="column">\n{story}</div>\n</main>\n'
    note = f'<p class="note">{_text(page.note)}</p>\n' if page.note else ""
    title = _text(page.title or "Derivation")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(script)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<header>\n<h1>{title}</h1>\n{note}<p class="lead">{_HINT}</p>\n</header>\n{columns}'
        f'<script type="application/json" id="data">{_data(page, program)}</script>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def fragment(page: Page) -> str:
    """Write what a page shows without its frame and script: to be put into another page."""
    picture = ""
    if page.drawing is not None and page.drawing.nodes:
        picture = f'<div class="picture">{svg(page.drawing)}</div>\n'
    title = _text(page.title or "Derivation")
    note = f"<p>{_text(page.note)}</p>\n" if page.note else ""
    return (
        f'<article class="symback">\n<style>{FRAGMENT_STYLE}</style>\n<h1>{title}</h1>\n'
        f"{note}{picture}{_told(page, walking=False)}</article>\n"
    )


def _told(page: Page, walking: bool = True) -> str:
    """The passes, the answers and the remarks."""
    told = PageSection("Backward pass", page.backward)
    backward = _backward(page.backward) if walking else _section(told) if page.backward else ""
    parts = (
        *map(_section, page.sections),
        backward,
        *map(_section, page.answers),
        *(_remarks(title, sentences) for title, sentences in page.remarks),
    )
    return "".join(parts)


def _remarks(title: str, sentences: tuple[str, ...]) -> str:
    lines = "".join(f"<li>{_text(sentence)}</li>\n" for sentence in sentences)
    return f"<section>\n<h2>{_text(title)}</h2>\n<ul>\n{lines}</ul>\n</section>\n"


def _text(text: str) -> str:
    return escape(without_controls(text))


def _policy(script: str) -> str:
    return (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(STYLE)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(source: str) -> str:
    digest = hashlib.sha256(source.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _program(live: Live | None) -> Program | None:
    if live is None or not any(given.labels for given in live.inputs):
        return None
    try:
        return javascript([given.name for given in live.inputs], live.steps)
    except InputError:
        return None


def _script(program: Program | None) -> str:
    body = program.source if program else ""
    return f'"use strict";\n{{\nconst compute = v => {{\n{body}}};\n{SCRIPT}}}\n'


def _data(page: Page, program: Program | None) -> str:
    """The block of data as JSON in which no `<` can end the element."""
    lines = _lines(page)
    nodes = page.drawing.nodes if page.drawing else ()
    edges = page.drawing.edges if page.drawing else ()
    uses: dict[str, list[str]] = {}
    for edge in edges:
        uses.setdefault(edge.target, []).append(edge.source)
    uses |= {line.quantity: list(line.uses) for line in lines}
    labels = {name: name for line in lines for name in (line.quantity, *line.uses)}
    labels |= {line.quantity: line.text.split("=")[0].strip() for line in lines}
    texts = {line.quantity: line.text for line in lines}
    values = {f"value {line.quantity}": line.value_text for line in lines}
    for node in nodes:
        labels[node.name] = node.label_text
        formula = f" = {node.formula_text}" if node.formula_text else ""
        texts.setdefault(node.name, node.label_text + formula)
        values.setdefault(f"value {node.name}", node.value_text)
        values[f"gradient {node.name}"] = node.gradient_text
    inputs = page.live.inputs if page.live and program else ()
    data: dict[str, Any] = {
        "uses": uses, "labels": labels, "texts": texts, "values": values,
        "gradients": page.gradients, "slopes": page.slopes, "outcome": _outcome(page),
        "names": program.names if program else (),
        "inputs": [{"shape": given.shape, "values": given.values} for given in inputs],
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=True).replace("<", "\\u003c").replace("&", "\\u0026")


def _outcome(page: Page) -> str:
    """The quantity to be told after a slider has moved: the number at the end of the graph."""
    numbers = [node for node in page.drawing.nodes if node.kind == "output"] if page.drawing else []
    plain = [node.name for node in numbers if node.value_text and not set(node.value_text) & _BLOCK]
    return plain[-1] if plain else ""


def _lines(page: Page) -> list[PageFormula]:
    sections = (*page.sections, *page.answers)
    told = (line for section in sections for line in section.formulas)
    return [*told, *page.backward]


def _graph(page: Page) -> str:
    if page.drawing is None or not page.drawing.nodes:
        return ""
    words = [*legend_of(page.drawing), ("below", "depends on these"), ("above", "used by these")]
    legend = "".join(f'<span class="l-{kind}">{word}</span>' for kind, word in words)
    empty = "Nothing is pointed at."
    return (
        '<section aria-labelledby="graph">\n<h2 id="graph">Computational graph</h2>\n'
        f'<div class="picture">{svg(page.drawing, interactive=True)}</div>\n'
        f'<div class="legend">{legend}</div>\n</section>\n'
        f'<section class="inspector" aria-live="polite" aria-label="Quantity pointed at" '
        f'data-empty="{empty}">{empty}</section>\n'
    )


def _section(section: PageSection) -> str:
    lines = "".join(_line(line, "line") for line in section.formulas)
    notes = "".join(f"<p>{_text(note)}</p>\n" for note in section.notes)
    head = f"<section>\n<h2>{_text(section.title)}</h2>\n{notes}"
    flow = "" if any(one.value_text or one.uses for one in section.formulas) else ' class="flow"'
    return f"{head}<ul{flow}>\n{lines}</ul>\n</section>\n"


def _line(line: PageFormula, kind: str) -> str:
    """One formula with its value; the reason goes under it."""
    key = f"value {line.quantity}"
    value = (
        f'<span class="result"><span class="equals" aria-hidden="true">=</span>'
        f'<span class="value" data-live="{_text(key)}">{_text(line.value_text)}</span></span>'
        if line.value_text
        else ""
    )
    reason = f'<span class="reason">{_text(line.reason)}</span>' if line.reason else ""
    said = f"{line.text}, value {aloud(line.value_text)}" if line.value_text else line.text
    label = _text(f"{said}. {line.reason}" if line.reason else said)
    widest = max(map(len, line.value_text.split("\n")))
    kind += " under" if widest and (len(line.text) > LONGEST or widest > WIDEST) else ""
    return (
        f'<li class="{kind}" tabindex="0" data-quantity="{_text(line.quantity)}" '
        f'aria-label="{label}"><span class="formula">{mathml(line.latex, line.text)}</span>'
        f"{value}{reason}</li>\n"
    )


def _backward(steps: tuple[PageFormula, ...]) -> str:
    if not steps:
        return ""
    lines = "".join(_line(step, "line step") for step in steps)
    return (
        '<section class="steps" aria-labelledby="backward">\n'
        '<h2 id="backward">Backward pass</h2>\n'
        '<div class="bar" role="group" aria-label="Walk through the steps">'
        '<button type="button" id="back">Back</button>'
        '<button type="button" id="next">Next step</button>'
        '<button type="button" id="all">All steps</button>'
        f'<span id="place" role="status"></span></div>\n<ol>\n{lines}</ol>\n</section>\n'
    )


def _inputs(live: Live | None) -> str:
    if live is None:
        return ""
    numbered = [(k, given) for k, given in enumerate(live.inputs) if given.labels]
    fields = "".join(
        _fieldset("".join(_sliders(k, given) for k, given in group))
        if scalar
        else "".join(_fieldset(_sliders(k, given), given.label) for k, given in group)
        for scalar, group in groupby(numbered, lambda one: not one[1].shape)
    )
    return (
        '<section class="inputs" aria-labelledby="inputs">\n<h2 id="inputs">Try other values</h2>\n'
        f'{fields}<div class="bar"><button type="button" id="reset" disabled>As given</button>'
        '<span id="state" role="status" class="note"></span></div>\n</section>\n'
    )


def _fieldset(rows: str, label: str = "") -> str:
    legend = f"<legend>{_text(label)}</legend>\n" if label else ""
    return f"<fieldset>\n{legend}{rows}</fieldset>\n"


def _sliders(number: int, given: PageInput) -> str:
    low, high = min(given.low, *given.values), max(given.high, *given.values)
    return "".join(
        f'<label class="slider"><span>{_text(label)}</span>'
        f'<input type="range" min="{low!r}" max="{high!r}" step="any" value="{value!r}" '
        f'data-input="{number}" data-entry="{entry}" aria-label="{_text(label)}">'
        '<output aria-live="off">'
        f"{_text(f'{value:g}'.replace('-', '−'))}</output></label>\n"
        for entry, (label, value) in enumerate(zip(given.labels, given.values, strict=True))
    )
