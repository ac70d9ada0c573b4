"""Colour that carries meaning: error signals, numbers, headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from symback.render import names

_RESET = "\x1b[0m"
_BOLD, _FAINT, _SIGNAL, _NUMBER, _WARNING = (
    "\x1b[1m",
    "\x1b[2m",
    "\x1b[35m",
    "\x1b[36m",
    "\x1b[1;33m",
)
_GOOD, _BAD, _DOUBTFUL = "\x1b[32m", "\x1b[31m", "\x1b[33m"
_DERIVATIVE = r"∂[⁰¹²³⁴⁵⁶⁷⁸⁹]?[^\s/()]+/∂[^\s/()\[\]·⊙,ᵀ]+"
#: A value: what follows the last sign that is not inside a formula.
_VALUE = r"(?<=[=≈] )\(?−?\d[\d.,…×⁰¹²³⁴⁵⁶⁷⁸⁹⁻− )]*(?=$|     )|(?<=[⎡⎢⎣])[^⎤⎥⎦]*(?=[⎤⎥⎦])"


@dataclass(frozen=True, slots=True)
class Paint:
    """Colours finished lines; `aliases` are the short names of error signals, `delta2`."""

    colour: bool
    aliases: frozenset[str] = frozenset()

    def title(self, text: str) -> str:
        """Return the title line."""
        return self._in(_BOLD, text)

    def heading(self, text: str) -> str:
        """Return the heading of a section."""
        return self._in(_BOLD, text)

    def note(self, text: str) -> str:
        """Return a remark."""
        return self._in(_FAINT, text)

    def warning(self, text: str) -> str:
        """Return a heading that asks for attention."""
        return self._in(_WARNING, text)

    def good(self, text: str) -> str:
        """Return what is right."""
        return self._in(_GOOD, text)

    def bad(self, text: str) -> str:
        """Return what is wrong."""
        return self._in(_BAD, text)

    def doubtful(self, text: str) -> str:
        """Return what is between right and wrong."""
        return self._in(_DOUBTFUL, text)

    def equation(self, text: str) -> str:
        """Return a line of an equation with its signals and numbers coloured."""
        if not self.colour:
            return text
        signals = [re.escape(names.text_name(alias)) for alias in self.aliases]
        pattern = "|".join(
            [rf"(?P<value>{_VALUE})", f"(?P<signal>{'|'.join([*signals, _DERIVATIVE])})"]
        )
        return re.sub(pattern, self._coloured, text)

    def _coloured(self, found: re.Match[str]) -> str:
        code = _NUMBER if found["value"] is not None else _SIGNAL
        return self._in(code, found.group())

    def _in(self, code: str, text: str) -> str:
        return f"{code}{text}{_RESET}" if self.colour and text else text
