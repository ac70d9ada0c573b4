"""Colours of drawings, light and dark; text reaches a contrast of 4.5 to 1 on its ground."""

from __future__ import annotations

LIGHT = {
    "page": "#ffffff", "box": "#ffffff", "given": "#f3f6fa", "output": "#fff8e6",
    "border": "#57606a", "pale": "#c4ccd6", "accent": "#9a6700", "ink": "#1b1f24",
    "gradient": "#c01f2e", "slope": "#0a5fc2", "line": "#6e7781",
}  # fmt: skip
DARK = {
    "page": "#0d1117", "box": "#161b22", "given": "#1c2430", "output": "#2b2411",
    "border": "#8b949e", "pale": "#3d4650", "accent": "#d9a62e", "ink": "#f0f3f6",
    "gradient": "#ff8b85", "slope": "#79b8ff", "line": "#8b949e",
}  # fmt: skip


def rules(color: dict[str, str]) -> str:
    """Style of a drawing's parts with the given colours, as CSS."""
    return (
        f".sb-page,.sb-halo{{fill:{color['page']}}}"
        f".sb-line{{fill:none;stroke:{color['line']};stroke-width:1.4}}"
        f".sb-head{{fill:{color['line']}}}"
        f".sb-node rect{{fill:{color['box']};stroke:{color['border']};stroke-width:1.2}}"
        f".sb-given rect{{fill:{color['given']}}}"
        f".sb-output rect{{fill:{color['output']};stroke:{color['accent']};stroke-width:2}}"
        f".sb-rule{{fill:none;stroke:{color['pale']};stroke-width:1}}"
        f".sb-formula,.sb-value{{fill:{color['ink']}}}"
        f".sb-gradient{{fill:{color['gradient']}}}"
        f".sb-slope{{fill:{color['slope']}}}"
    )


PAGE_STYLE = f"{rules(LIGHT)}@media(prefers-color-scheme:dark){{{rules(DARK)}}}"
