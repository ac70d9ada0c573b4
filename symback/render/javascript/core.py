"""JavaScript of arrays, `{s: sizes, d: entries in row order}`: indices, broadcasting, products."""

from __future__ import annotations

CORE: dict[str, str] = {
    "a_make": "(s, d) => ({s, d})",
    "a_num": "x => ({s: [], d: [x]})",
    "a_size": "s => s.reduce((n, k) => n * k, 1)",
    "a_strides": """s => {
  const steps = new Array(s.length);
  let step = 1;
  for (let k = s.length - 1; k >= 0; k -= 1) { steps[k] = step; step *= s[k]; }
  return steps;
}""",
    "a_view": """(x, s, steps, start = 0) => {
  let places = [start];
  for (let k = 0; k < s.length; k += 1) {
    const next = [];
    for (const p of places) for (let i = 0; i < s[k]; i += 1) next.push(p + i * steps[k]);
    places = next;
  }
  return a_make(s, places.map(p => x.d[p]));
}""",
    "a_common": """shapes => {
  const s = new Array(Math.max(...shapes.map(shape => shape.length))).fill(1);
  for (const shape of shapes) {
    shape.forEach((n, k) => {
      const place = k + s.length - shape.length;
      if (s[place] === 1) s[place] = n;
      else if (n !== 1 && n !== s[place]) throw new RangeError("shapes do not fit");
    });
  }
  return s;
}""",
    "a_spread": """(x, s) => {
  const own = a_strides(x.s), gap = s.length - x.s.length;
  return a_view(x, s, s.map((n, k) => k < gap || x.s[k - gap] === 1 ? 0 : own[k - gap]));
}""",
    "a_each": """(f, ...xs) => {
  const s = a_common(xs.map(x => x.s));
  const ds = xs.map(x => x.s.length === s.length && x.d.length === a_size(s)
    ? x.d : a_spread(x, s).d);
  const d = new Array(a_size(s));
  for (let i = 0; i < d.length; i += 1) d[i] = f(...ds.map(e => e[i]));
  return a_make(s, d);
}""",
    "a_add": "(x, y) => a_each((a, b) => a + b, x, y)",
    "a_sub": "(x, y) => a_each((a, b) => a - b, x, y)",
    "a_mul": "(x, y) => a_each((a, b) => a * b, x, y)",
    "a_div": "(x, y) => a_each((a, b) => a / b, x, y)",
    "a_pow": "(x, y) => a_each((a, b) => b === 0.5 ? Math.sqrt(a) : a ** b, x, y)",
    "a_neg": "x => a_each(a => -a, x)",
    "a_less": "(x, y) => a_each((a, b) => +(a < b), x, y)",
    "a_atmost": "(x, y) => a_each((a, b) => +(a <= b), x, y)",
    "a_more": "(x, y) => a_each((a, b) => +(a > b), x, y)",
    "a_atleast": "(x, y) => a_each((a, b) => +(a >= b), x, y)",
    "a_same": "(x, y) => a_each((a, b) => +(a === b), x, y)",
    "a_differs": "(x, y) => a_each((a, b) => +(a !== b), x, y)",
    "a_axes": """(x, axis) => axis === null ? x.s.map((_, k) => k)
  : (Array.isArray(axis) ? axis : [axis]).map(k => (k + x.s.length) % x.s.length)""",
    "a_permute": """(x, order) => {
  const steps = a_strides(x.s);
  return a_view(x, order.map(k => x.s[k]), order.map(k => steps[k]));
}""",
    "a_turn": "x => a_permute(x, x.s.map((_, k) => x.s.length - 1 - k))",
    "a_reshape": """(x, s) => {
  const free = s.indexOf(-1), rest = a_size(s.filter(n => n !== -1));
  return a_make(s.map((n, k) => k === free ? x.d.length / rest : n), x.d);
}""",
    "a_lines": """(x, axis) => {
  const axes = a_axes(x, axis), outer = x.s.map((_, k) => k).filter(k => !axes.includes(k));
  const moved = a_permute(x, [...outer, ...axes]), n = a_size(axes.map(k => x.s[k]));
  const count = a_size(outer.map(k => x.s[k])), lines = [];
  for (let i = 0; i < count; i += 1) lines.push(moved.d.slice(i * n, (i + 1) * n));
  return {axes, outer, lines};
}""",
    "a_reduce": """(f, x, axis, keep) => {
  const {axes, outer, lines} = a_lines(x, axis);
  const s = keep ? x.s.map((n, k) => axes.includes(k) ? 1 : n) : outer.map(k => x.s[k]);
  return a_make(s, lines.map(f));
}""",
    "a_along": """(f, x, axis) => {
  const {axes, outer, lines} = a_lines(x, axis), order = [...outer, ...axes];
  const back = x.s.map((_, k) => order.indexOf(k));
  return a_permute(a_make(order.map(k => x.s[k]), lines.flatMap(f)), back);
}""",
    "a_matmul": """(x, y) => {
  const a = x.s.length === 1 ? a_reshape(x, [1, x.s[0]]) : x;
  const b = y.s.length === 1 ? a_reshape(y, [y.s[0], 1]) : y;
  const [m, n] = a.s.slice(-2), p = b.s[b.s.length - 1];
  if (b.s[b.s.length - 2] !== n) throw new RangeError("shapes do not fit");
  const stack = a_common([a.s.slice(0, -2), b.s.slice(0, -2)]);
  const left = a_spread(a, [...stack, m, n]).d, right = a_spread(b, [...stack, n, p]).d, d = [];
  for (let k = 0; k < a_size(stack); k += 1) {
    for (let i = 0; i < m; i += 1) for (let j = 0; j < p; j += 1) {
      let sum = 0;
      for (let l = 0; l < n; l += 1) sum += left[(k * m + i) * n + l] * right[(k * n + l) * p + j];
      d.push(sum);
    }
  }
  const s = [...stack, ...(x.s.length > 1 ? [m] : []), ...(y.s.length > 1 ? [p] : [])];
  return a_make(s, d);
}""",
    "a_index": """(x, items) => {
  const own = a_strides(x.s), s = [], steps = [];
  const taken = items.filter(item => item !== null && item !== "...").length;
  const rest = Array.from({length: x.s.length - taken}, () => ({from: null, to: null, by: null}));
  let start = 0, axis = 0;
  for (const item of items.flatMap(one => one === "..." ? rest : [one])) {
    if (item === null) { s.push(1); steps.push(0); continue; }
    const n = x.s[axis], step = own[axis];
    axis += 1;
    if (typeof item === "number") { start += (item < 0 ? item + n : item) * step; continue; }
    const by = item.by ?? 1, low = by > 0 ? 0 : -1, high = by > 0 ? n : n - 1;
    const end = (k, other) => k === null ? other
      : Math.min(Math.max(k < 0 ? k + n : k, low), high);
    const from = end(item.from, by > 0 ? low : high), to = end(item.to, by > 0 ? high : low);
    s.push(Math.max(0, Math.ceil((to - from) / by)));
    steps.push(by * step);
    start += from * step;
  }
  return a_view(x, [...s, ...x.s.slice(axis)], [...steps, ...own.slice(axis)], start);
}""",
    "a_setting": """x => {
  if (!x.s.length) return x.d[0];
  const rows = x.d.length / x.s[0], rest = x.s.slice(1);
  return Array.from({length: x.s[0]},
    (_, k) => a_setting(a_make(rest, x.d.slice(k * rows, (k + 1) * rows))));
}""",
}
