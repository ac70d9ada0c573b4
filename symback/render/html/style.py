"""The style of the page: light and dark, narrow and wide, on paper."""

from __future__ import annotations

from symback.render.drawing.style import DARK, LIGHT, rules


def _variables(color: dict[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in color.items())


_LIGHT = LIGHT | {"soft": "#57606a", "up": "#b35900", "down": "#1a7f37", "focus": "#0a5fc2"}
_DARK = DARK | {"soft": "#9aa4af", "up": "#e3a04f", "down": "#5fc977", "focus": "#79b8ff"}

_PAGE = """
*{box-sizing:border-box}
html{color-scheme:light dark}
body{margin:0 auto;max-width:84rem;padding:1.5rem;background:var(--page);color:var(--ink);
 font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
h1{font-size:1.6rem;line-height:1.2;margin:0 0 .25rem}
h2{font-size:1.1rem;margin:0 0 .5rem;padding-bottom:.25rem;border-bottom:1px solid var(--pale)}
p{margin:.25rem 0}
.lead,.reason,.note{color:var(--soft)}
main,.column{display:grid;grid-template-columns:minmax(0,1fr);gap:1.75rem;align-content:start}
main{margin-top:1.25rem}
@media(min-width:72rem){main.two{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}
 .pinned{position:sticky;top:1rem;max-height:calc(100vh - 2rem);overflow:auto}}
.picture{overflow-x:auto}
.picture svg{display:block;max-width:100%;height:auto;margin:auto}
@media(min-width:72rem){.pinned .picture svg{max-height:66vh;width:auto}}
@media(max-width:40rem){.picture svg{max-width:none}}
.sb-drawing text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;
 font-variant-numeric:tabular-nums}
ol,ul{list-style:none;margin:0;padding:0}
ol,ul{display:grid;grid-template-columns:fit-content(62%) auto minmax(0,1fr);gap:0 .6rem}
.line,li{display:grid;grid-template-columns:subgrid;grid-column:1/-1;align-items:center;
 row-gap:.1rem;padding:.35rem .6rem;border-left:3px solid transparent;border-radius:4px}
li:not(.line){display:block}
.formula{overflow-x:auto;overflow-y:hidden;padding:.1rem 0}
.formula:last-child{grid-column:1/-1}
.formula math{math-style:normal}
.value{white-space:pre;font-variant-numeric:tabular-nums;overflow-x:auto;
 font-family:ui-monospace,"SFMono-Regular",Menlo,"DejaVu Sans Mono",monospace;font-size:.875rem}
.sb-drawing .sb-row{white-space:pre;
 font-family:ui-monospace,"SFMono-Regular",Menlo,"DejaVu Sans Mono",monospace}
.result{display:contents}
.under .formula,.under .result{grid-column:1/-1}
.under .result{display:flex;gap:.6rem;align-items:center;padding-left:1.5rem}
.flow{display:flex;flex-wrap:wrap}
.flow .line{display:block}
@media(max-width:40rem){.line{display:flex;flex-wrap:wrap;gap:.1rem .6rem}
 .result{display:flex;gap:.6rem;align-items:center;max-width:100%}
 .formula,.value{max-width:100%}.reason{flex-basis:100%}}
.reason{grid-column:1/-1;font-size:.875rem}
math{font-size:1.1em}
[data-quantity]{cursor:pointer}
[data-quantity]:focus-visible,button:focus-visible,input:focus-visible{
 outline:2px solid var(--focus);outline-offset:2px}
.line.shown{background:var(--given);border-color:var(--ink)}
.line.below{border-color:var(--down)}
.line.above{border-color:var(--up)}
.sb-node.shown rect{stroke:var(--focus);stroke-width:3}
.sb-node.below rect{stroke:var(--down);stroke-width:2.5}
.sb-node.above rect{stroke:var(--up);stroke-width:2.5}
.sb-edge.below .sb-line{stroke:var(--down);stroke-width:2.2}
.sb-edge.below .sb-head{fill:var(--down)}
.sb-edge.above .sb-line{stroke:var(--up);stroke-width:2.2}
.sb-edge.above .sb-head{fill:var(--up)}
.focused .sb-node:not(.shown,.below,.above),.focused .sb-edge:not(.below,.above),
.focused .sb-slope:not(.below,.above){opacity:.35}
.stale{opacity:.25}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:.5rem 0 0;font-size:.8125rem}
.legend span::before{content:"";display:inline-block;width:.7em;height:.7em;border-radius:50%;
 margin-right:.4em;background:currentColor}
.l-value{color:var(--ink)}.l-gradient{color:var(--gradient)}.l-slope{color:var(--slope)}
.l-below{color:var(--down)}.l-above{color:var(--up)}
.inspector{min-height:5.6rem;padding:.6rem .8rem;border:1px solid var(--pale);border-radius:6px;
 background:var(--given)}
.inspector dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:0 .8rem;margin:0}
.inspector dt{color:var(--soft)}
.inspector dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
.inspector strong{font-weight:600}
fieldset{border:0;margin:0 0 .5rem;padding:0;display:grid;gap:0 1.5rem;
 grid-template-columns:repeat(auto-fill,minmax(min(16rem,100%),1fr))}
legend{padding:0;font-weight:600}
.slider{display:grid;grid-template-columns:minmax(3.5rem,auto) minmax(5rem,1fr) 4rem;
 gap:.6rem;align-items:center;min-height:2rem}
.slider span{overflow-wrap:anywhere}
.slider input{width:100%;accent-color:var(--focus)}
.slider output{text-align:right;font-variant-numeric:tabular-nums}
.bar{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin:0 0 .5rem}
button{font:inherit;padding:.3rem .8rem;border:1px solid var(--border);border-radius:6px;
 background:var(--box);color:var(--ink);cursor:pointer}
button:disabled{opacity:.45;cursor:default}
.walking .step.later{opacity:.25}
.walking .step.now{background:var(--given);border-color:var(--focus)}
@media screen and (prefers-reduced-motion:no-preference){
 .sb-node,.sb-edge,.step{transition:opacity .15s}}
@page{margin:15mm}
@media print{
 *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
 .picture svg{max-height:13cm}
 body{max-width:none;padding:0;font-size:10.5pt;background:#fff;color:#000}
 main,main.two{display:block}
 main>*,.column>*{margin-bottom:1rem}
 .inspector,.inputs,.bar,.lead,.l-below,.l-above{display:none}
 .pinned{position:static;max-height:none;overflow:visible}
 .line,.picture{break-inside:avoid}
 .walking .step.later{opacity:1}
 .focused .sb-node,.focused .sb-edge,.focused .sb-slope{opacity:1}
}
"""

_NAMED = {name: f"var(--{name})" for name in LIGHT}

STYLE = (
    f":root{{{_variables(_LIGHT)}}}"
    f"@media screen and (prefers-color-scheme:dark){{:root{{{_variables(_DARK)}}}}}"
    f"{rules(_NAMED)}{_PAGE}"
)

#: Only for what stands inside the fragment.
FRAGMENT_STYLE = (
    ".symback ul{list-style:none;padding:0;display:grid;gap:0 .6rem;"
    "grid-template-columns:fit-content(62%) auto minmax(0,1fr)}"
    ".symback li{display:grid;grid-template-columns:subgrid;grid-column:1/-1;"
    "align-items:center;padding:.25rem 0}"
    ".symback .result{display:contents}.symback .under .formula,.symback .under .result{"
    "grid-column:1/-1}.symback .under .result{display:flex;gap:.6rem;padding-left:1.5rem}"
    ".symback .formula{overflow-x:auto;overflow-y:hidden}.symback .formula math{math-style:normal}"
    ".symback .value{white-space:pre;overflow-x:auto;font-family:monospace}"
    ".symback .reason{grid-column:1/-1;opacity:.7;font-size:.875rem}"
    ".symback .flow{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}.symback .flow li{display:block}"
    ".symback svg{max-width:100%;height:auto}"
)
