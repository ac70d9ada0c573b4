"""The page's own JavaScript: lighting up, walking the steps, computing again from sliders.

It reads one block of data and writes texts, classes and attributes; it never writes markup.
"""

from __future__ import annotations

SCRIPT = r"""
const data = JSON.parse(document.getElementById("data").textContent);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const one = selector => document.querySelector(selector);
const uses = new Map(Object.entries(data.uses)), users = new Map();
for (const [user, names] of uses) {
  for (const name of names) users.set(name, [...(users.get(name) ?? []), user]);
}
const gradient = new Map(data.gradients);
const node = new Map(data.gradients.map(([name, quantity]) => [quantity, name]));
const marked = all("[data-quantity]");
const edges = all(".sb-edge, .sb-slope");

// Lighting up: what a quantity depends on is below it, what depends on it is above.
const reached = (start, next) => {
  const found = new Set(), waiting = [start];
  while (waiting.length) {
    for (const name of next.get(waiting.pop()) ?? []) {
      if (!found.has(name)) { found.add(name); waiting.push(name); }
    }
  }
  return found;
};
let pinned = null;
const show = quantity => {
  document.body.classList.toggle("focused", quantity !== null);
  const below = quantity === null ? new Set() : reached(quantity, uses);
  const above = quantity === null ? new Set() : reached(quantity, users);
  for (const element of marked) {
    const own = element.dataset.quantity;
    const names = element.classList.contains("sb-node") && gradient.has(own)
      && node.has(quantity) ? [own, gradient.get(own)] : [own];
    const shown = names.includes(quantity);
    element.classList.toggle("shown", shown);
    element.classList.toggle("below", !shown && names.some(name => below.has(name)));
    element.classList.toggle("above", !shown && !names.some(name => below.has(name))
      && names.some(name => above.has(name)));
  }
  const center = node.get(quantity) ?? quantity;
  for (const element of edges) {
    const {source, target} = element.dataset;
    const lower = target === center || below.has(target);
    const upper = source === center || above.has(source);
    element.classList.toggle("below", lower && below.has(source));
    element.classList.toggle("above", upper && above.has(target));
  }
  inspect(quantity);
};
const entry = (list, term, text) => {
  if (!text) return;
  const name = document.createElement("dt"), value = document.createElement("dd");
  name.textContent = term;
  value.textContent = text;
  list.append(name, value);
};
const inspect = quantity => {
  const box = one(".inspector");
  if (!box) return;
  box.replaceChildren();
  if (quantity === null) { box.textContent = box.dataset.empty; return; }
  const list = document.createElement("dl"), title = document.createElement("strong");
  title.textContent = data.texts[quantity] ?? quantity;
  const said = names => (names ?? []).map(name => data.labels[name] ?? name).join(", ");
  entry(list, "value", text("value", quantity));
  entry(list, "gradient", text("gradient", quantity));
  entry(list, "depends on", said(uses.get(quantity)));
  entry(list, "is used by", said(users.get(quantity)));
  box.append(title, list);
};
const held = element => element?.closest?.("[data-quantity]")?.dataset.quantity ?? null;
for (const event of ["pointerover", "focusin"]) {
  document.addEventListener(event, e => { if (held(e.target)) show(held(e.target)); });
}
for (const event of ["pointerout", "focusout"]) {
  document.addEventListener(event, e => { if (held(e.target)) show(pinned); });
}
document.addEventListener("click", e => {
  if (!held(e.target)) return;
  pinned = pinned === held(e.target) ? null : held(e.target);
  show(pinned);
});
document.addEventListener("keydown", e => {
  if (e.key === "Escape") { pinned = null; show(null); }
  if (e.key === "Enter" && held(e.target)) { pinned = held(e.target); show(pinned); }
});

// Walking: one step of the backward pass after the other.
const steps = all(".step");
let at = -1;
const walk = to => {
  at = Math.min(Math.max(to, -1), steps.length - 1);
  one(".steps").classList.toggle("walking", at >= 0);
  steps.forEach((step, k) => {
    step.classList.toggle("later", at >= 0 && k > at);
    step.classList.toggle("now", k === at);
    if (k === at) step.setAttribute("aria-current", "step");
    else step.removeAttribute("aria-current");
  });
  one("#back").disabled = at < 0;
  one("#next").disabled = at === steps.length - 1;
  one("#all").disabled = at < 0;
  one("#place").textContent = at < 0 ? `${steps.length} steps`
    : `Step ${at + 1} of ${steps.length}: ${data.texts[steps[at].dataset.quantity]}`;
  pinned = at < 0 ? null : steps[at].dataset.quantity;
  show(pinned);
  if (at >= 0) steps[at].scrollIntoView({block: "nearest"});
};
if (steps.length) {
  one("#back").addEventListener("click", () => walk(at - 1));
  one("#next").addEventListener("click", () => walk(at + 1));
  one("#all").addEventListener("click", () => walk(-1));
  one(".steps").addEventListener("keydown", e => {
    if (e.key === "ArrowRight") walk(at + 1);
    if (e.key === "ArrowLeft") walk(at - 1);
  });
}

// Numbers: as proved, until a slider is moved.
const digits = x => {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? "undefined" : x > 0 ? "∞" : "−∞";
  const exact = String(Number(x.toPrecision(12)));
  const short = exact.length <= 8 && !exact.includes("e") ? exact : x.toPrecision(4);
  const [mantissa, power] = short.split("e");
  const raise = c => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(c)];
  const raised = power && [...String(Number(power))].map(raise);
  return mantissa.replace("-", "−") + (raised ? "·10" + raised.join("") : "");
};
const written = ({s, d}) => {
  const numbers = d.map(digits);
  if (!s.length) return numbers[0];
  if (s.length === 1) return `(${numbers.join(", ")})`;
  if (s.length > 2) return "…";
  const wide = numbers.map((_, k) => Math.max(
    ...numbers.filter((_, i) => i % s[1] === k % s[1]).map(n => n.length)));
  const rows = Array.from({length: s[0]}, (_, i) => numbers.slice(i * s[1], (i + 1) * s[1])
    .map((n, j) => n.padStart(wide[j])).join("  "));
  if (rows.length === 1) return `[${rows[0]}]`;
  return rows.map((row, i) => i === 0 ? `⎡${row}⎤` : i === rows.length - 1 ? `⎣${row}⎦`
    : `⎢${row}⎥`).join("\n");
};
const original = new Map();
const current = new Map();
for (const element of all("[data-live]")) {
  original.set(element, element.textContent);
  const {live, line} = element.dataset;
  const before = line === undefined || line === "0" ? "" : `${current.get(live)}\n`;
  current.set(live, before + element.textContent);
}
const proved = new Map(current);
const text = (kind, name) => current.get(`${kind} ${name}`) ?? data.values[`${kind} ${name}`] ?? "";
const write = () => {
  for (const element of original.keys()) {
    const {live, line} = element.dataset, said = current.get(live) ?? "";
    element.textContent = line === undefined ? said : said.split("\n")[line] ?? "";
  }
};
const labels = new Map(marked.map(element => [element, element.getAttribute("aria-label")]));
const aloud = said => !said.includes("\n") ? said : "rows " + said.split("\n")
  .map(row => row.replace(/[≈⎡⎢⎣⎤⎥⎦]/g, " ").trim().split(/\s+/).join(", ")).join("; ");
const relabel = () => {
  for (const element of marked) {
    const name = element.dataset.quantity, value = text("value", name);
    const slope = element.classList.contains("sb-node") ? text("gradient", name) : "";
    const reason = element.querySelector(".reason")?.textContent;
    element.setAttribute("aria-label", (data.texts[name] ?? name)
      + (value && `, value ${aloud(value)}`) + (slope && `, gradient ${aloud(slope)}`)
      + (reason ? `. ${reason}` : ""));
  }
};
const sliders = all(".slider input");
const moved = () => {
  const v = data.inputs.map(({shape, values}) => ({s: shape, d: [...values]}));
  for (const slider of sliders) {
    v[slider.dataset.input].d[slider.dataset.entry] = Number(slider.value);
    slider.nextElementSibling.textContent = digits(Number(slider.value));
    slider.setAttribute("aria-valuetext", digits(Number(slider.value)));
  }
  compute(v);
  const found = new Map(data.names.map((name, k) => [name, v[k]]));
  const fresh = new Set();
  const put = (kind, name, quantity) => {
    if (!found.has(quantity)) return;
    fresh.add(`${kind} ${name}`);
    current.set(`${kind} ${name}`, written(found.get(quantity)));
  };
  for (const name of data.names) put("value", name, name);
  for (const [name, quantity] of gradient) put("gradient", name, quantity);
  data.slopes.forEach((quantity, k) => put("slope", k, quantity));
  write();
  relabel();
  for (const element of original.keys()) {
    element.classList.toggle("stale", !fresh.has(element.dataset.live));
  }
  one("#reset").disabled = false;
  const outcome = data.outcome && text("value", data.outcome);
  one("#state").textContent = "Computed in this page from the sliders"
    + (outcome ? `: ${data.labels[data.outcome]} = ${outcome}` : ".");
  if (one(".inspector")) inspect(pinned);
};
if (sliders.length) {
  for (const slider of sliders) slider.addEventListener("input", moved);
  one("#reset").addEventListener("click", () => {
    for (const slider of sliders) {
      const {input, entry} = slider.dataset;
      slider.value = data.inputs[input].values[entry];
      slider.nextElementSibling.textContent = digits(data.inputs[input].values[entry]);
    }
    current.clear();
    for (const [key, said] of proved) current.set(key, said);
    for (const [element, said] of original) {
      element.textContent = said;
      element.classList.remove("stale");
    }
    for (const [element, said] of labels) element.setAttribute("aria-label", said);
    one("#reset").disabled = true;
    one("#state").textContent = "";
  });
}
// What scrolls by itself is reached by the keyboard.
const reach = () => {
  for (const element of all(".formula, .value, .picture")) {
    const wide = element.scrollWidth > element.clientWidth + 1;
    if (wide) element.tabIndex = 0;
    else element.removeAttribute("tabindex");
  }
};
reach();
window.addEventListener("resize", reach);
show(null);
if (steps.length) walk(-1);
"""
