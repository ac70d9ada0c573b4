"""JavaScript of functions of whole arrays, by name, with their settings after the arrays."""

from __future__ import annotations

ARRAYS: dict[str, str] = {
    "sum": "(x, axis, keep) => a_reduce(g_total, x, axis, keep)",
    "total": "e => e.reduce((a, b) => a + b, 0)",
    "mean": "(x, axis, keep) => a_reduce(e => g_total(e) / e.length, x, axis, keep)",
    "prod": "(x, axis, keep) => a_reduce(e => e.reduce((a, b) => a * b, 1), x, axis, keep)",
    "max": "(x, axis, keep) => a_reduce(e => Math.max(...e), x, axis, keep)",
    "min": "(x, axis, keep) => a_reduce(e => Math.min(...e), x, axis, keep)",
    "logsumexp": """(x, axis, keep) => a_reduce(e => {
  const top = Math.max(...e);
  return top + Math.log(e.reduce((sum, a) => sum + Math.exp(a - top), 0));
}, x, axis, keep)""",
    "var": """(x, axis, ddof, keep) => a_reduce(e => {
  const mean = g_total(e) / e.length;
  return e.reduce((sum, a) => sum + (a - mean) ** 2, 0) / (e.length - ddof);
}, x, axis, keep)""",
    "std": "(x, axis, ddof, keep) => a_each(Math.sqrt, g_var(x, axis, ddof, keep))",
    "norm": """(x, ord, axis, keep) => a_reduce(e => {
  const sizes = e.map(Math.abs);
  if (ord === "inf") return Math.max(...sizes);
  if (ord === "-inf") return Math.min(...sizes);
  if (ord === 0) return sizes.filter(a => a > 0).length;
  if (ord === 2 || ord === "fro") return Math.hypot(...e);
  if (ord === 1) return g_total(sizes);
  return sizes.reduce((sum, a) => sum + a ** ord, 0) ** (1 / ord);
}, x, axis, keep)""",
    "cumsum": """(x, axis) => a_along(e => { let sum = 0; return e.map(a => sum += a); },
  axis === null ? a_reshape(x, [-1]) : x, axis ?? 0)""",
    "cumprod": """(x, axis) => a_along(e => { let product = 1; return e.map(a => product *= a); },
  axis === null ? a_reshape(x, [-1]) : x, axis ?? 0)""",
    "softmax": """(x, axis) => a_along(e => {
  const top = Math.max(...e), powers = e.map(a => Math.exp(a - top));
  const sum = g_total(powers);
  return powers.map(a => a / sum);
}, x, axis)""",
    "log_softmax": "(x, axis) => a_sub(x, g_logsumexp(x, axis, true))",
    "cross_entropy": """(z, t) =>
  a_neg(g_mean(g_sum(a_mul(t, g_log_softmax(z, -1)), -1, false), null, false))""",
    "binary_cross_entropy": """(y, t) => g_mean(a_each((p, q) =>
  -((q === 0 ? 0 : q * Math.log(p)) + (q === 1 ? 0 : (1 - q) * Math.log(1 - p))), y, t),
  null, false)""",
    "mse": "(y, t) => g_mean(a_each((a, b) => (a - b) ** 2, y, t), null, false)",
    "normalised": """(x, gamma, beta, eps, axis) => {
  const centred = a_sub(x, g_mean(x, axis, true));
  const spread = a_each(a => Math.sqrt(a + eps), g_var(x, axis, 0, true));
  return a_add(a_mul(gamma, a_div(centred, spread)), beta);
}""",
    "layer_norm": "(x, gamma, beta, eps) => g_normalised(x, gamma, beta, eps, -1)",
    "batch_norm": "(x, gamma, beta, eps) => g_normalised(x, gamma, beta, eps, 0)",
    "attention": """(Q, K, V) => {
  const last = K.s.length - 1, order = K.s.map((_, k) => k);
  const turned = a_permute(K, [...order.slice(0, -2), last, last - 1]);
  const scale = a_num(Math.sqrt(K.s[last]));
  return a_matmul(g_softmax(a_div(a_matmul(Q, turned), scale), -1), V);
}""",
    "dropout": "(x, mask, p) => a_div(a_mul(x, mask), a_num(1 - p))",
    "dot": "(a, b) => a.s.length && b.s.length ? a_matmul(a, b) : a_mul(a, b)",
    "outer": "(a, b) => a_mul(a_reshape(a, [-1, 1]), a_reshape(b, [1, -1]))",
    "trace": """A => g_stacked(B => {
  const n = Math.min(...B.s);
  let sum = 0;
  for (let k = 0; k < n; k += 1) sum += B.d[k * (B.s[1] + 1)];
  return a_num(sum);
}, A)""",
    "diag": """(x, k) => {
  const down = Math.max(-k, 0), right = Math.max(k, 0);
  if (x.s.length === 2) {
    const m = x.s[1], n = Math.max(0, Math.min(x.s[0] - down, m - right));
    return a_make([n], Array.from({length: n}, (_, i) => x.d[(i + down) * m + i + right]));
  }
  const n = x.s[0] + Math.abs(k), d = new Array(n * n).fill(0);
  x.d.forEach((e, i) => { d[(i + down) * n + i + right] = e; });
  return a_make([n, n], d);
}""",
    "beyond": """(A, i) => {
  const [rows, columns] = A.s.slice(-2);
  return i % columns - Math.floor(i / columns) % rows;
}""",
    "tril": "(A, k) => a_make(A.s, A.d.map((a, i) => g_beyond(A, i) <= k ? a : 0))",
    "triu": "(A, k) => a_make(A.s, A.d.map((a, i) => g_beyond(A, i) >= k ? a : 0))",
    "kron": """(a, b) => {
  const n = Math.max(a.s.length, b.s.length);
  const full = x => [...new Array(n - x.s.length).fill(1), ...x.s], s = full(a), t = full(b);
  const left = a_reshape(a, s.flatMap(m => [m, 1]));
  const product = a_mul(left, a_reshape(b, t.flatMap(m => [1, m])));
  return a_reshape(product, s.map((m, k) => m * t[k]));
}""",
    "cross": """(a, b) => {
  const s = a_common([a.s, b.s]), x = a_spread(a, s).d, y = a_spread(b, s).d;
  return a_make(s, x.map((_, i) => {
    const row = i - i % 3, j = row + (i + 1) % 3, k = row + (i + 2) % 3;
    return x[j] * y[k] - x[k] * y[j];
  }));
}""",
    "eye": """(n, m, k) => {
  const s = [n, m === null ? n : m];
  return a_make(s, Array.from({length: a_size(s)}, (_, i) => +(g_beyond({s}, i) === k)));
}""",
    "full": "(value, sizes) => a_make(sizes.flat(), new Array(a_size(sizes.flat())).fill(value))",
    "zeros": "(...sizes) => g_full(0, sizes)",
    "ones": "(...sizes) => g_full(1, sizes)",
    "onehot": """(i, n) => Array.isArray(i) ? g_stack(i.map(k => g_onehot(k, n)), 0)
  : a_make([n], Array.from({length: n}, (_, k) => +(k === i)))""",
    "arange": """(n, stop, step) => {
  const [first, last] = stop === null ? [0, n] : [n, stop];
  const size = Math.max(0, Math.ceil((last - first) / step));
  return a_make([size], Array.from({length: size}, (_, k) => first + k * step));
}""",
    "einsum": """(spec, ...xs) => {
  const [inputs, dotted] = spec.replaceAll(" ", "").split("->"), size = {};
  const dots = n => Array.from({length: n}, (_, k) => n - 1 - k).join("");
  const counts = inputs.split(",").map((part, k) =>
    part.includes("...") ? xs[k].s.length - part.length + 3 : 0);
  const labels = inputs.split(",").map((part, k) => [...part.replace("...", dots(counts[k]))]);
  const output = dotted.replace("...", dots(Math.max(...counts)));
  labels.forEach((part, k) => part.forEach((c, axis) => {
    if ((size[c] ?? 1) === 1) size[c] = xs[k].s[axis];
  }));
  const all = [...output, ...Object.keys(size).filter(c => !output.includes(c))];
  const s = all.map(c => size[c]);
  const views = xs.map((x, k) => {
    const own = a_strides(x.s);
    const own_step = (c, d, axis) => c === d && x.s[axis] > 1 ? own[axis] : 0;
    const step = c => labels[k].reduce((sum, d, axis) => sum + own_step(c, d, axis), 0);
    return a_view(x, s, all.map(step)).d;
  });
  const terms = views[0].map((_, i) => views.reduce((product, d) => product * d[i], 1));
  const extra = all.map((_, k) => k).slice(output.length);
  return extra.length ? g_sum(a_make(s, terms), extra, false) : a_make(s, terms);
}""",
    "exchange": """(e, n, i, k) => {
  for (let j = 0; j < n; j += 1) [e[i * n + j], e[k * n + j]] = [e[k * n + j], e[i * n + j]];
}""",
    "eliminated": """(A, B) => {
  const n = A.s[0], m = B.s[1], a = [...A.d], b = [...B.d];
  let det = 1;
  for (let k = 0; k < n; k += 1) {
    let best = k;
    for (let i = k; i < n; i += 1) {
      if (Math.abs(a[i * n + k]) > Math.abs(a[best * n + k])) best = i;
    }
    if (best !== k) {
      g_exchange(a, n, k, best);
      g_exchange(b, m, k, best);
      det = -det;
    }
    const pivot = a[k * n + k];
    det *= pivot;
    for (let i = 0; i < n; i += 1) {
      if (i === k || pivot === 0) continue;
      const ratio = a[i * n + k] / pivot;
      for (let j = k; j < n; j += 1) a[i * n + j] -= ratio * a[k * n + j];
      for (let j = 0; j < m; j += 1) b[i * m + j] -= ratio * b[k * m + j];
    }
  }
  return {det, x: a_make([n, m], b.map((e, i) => e / a[Math.floor(i / m) * (n + 1)]))};
}""",
    "stacked": """(f, A) => {
  const lead = A.s.slice(0, -2), s = A.s.slice(-2), n = s[0] * s[1];
  const one = k => f(a_make(s, A.d.slice(k * n, (k + 1) * n)));
  const parts = Array.from({length: a_size(lead)}, (_, k) => one(k));
  return a_make([...lead, ...parts[0].s], parts.flatMap(part => part.d));
}""",
    "det": "A => g_stacked(B => a_num(g_eliminated(B, a_make([B.s[0], 0], [])).det), A)",
    "logdet": "A => a_each(Math.log, g_det(A))",
    "logabsdet": "A => a_each(e => Math.log(Math.abs(e)), g_det(A))",
    "inv": "A => g_stacked(B => g_eliminated(B, g_eye(B.s[0], null, 0)).x, A)",
    "solve": """(A, b) => {
  if (A.s.length > 2 || b.s.length > 2) return a_matmul(g_inv(A), b);
  const B = b.s.length === 1 ? a_reshape(b, [-1, 1]) : b, turned = a_turn(A);
  const wide = A.s[0] < A.s[1], tall = A.s[0] > A.s[1];
  const left = tall ? a_matmul(turned, A) : wide ? a_matmul(A, turned) : A;
  const found = g_eliminated(left, tall ? a_matmul(turned, B) : B).x;
  const x = wide ? a_matmul(turned, found) : found;
  return b.s.length === 1 ? a_reshape(x, [-1]) : x;
}""",
    "matrix_power": """(A, n) => {
  let base = n < 0 ? g_inv(A) : A, result = a_spread(g_eye(A.s[A.s.length - 1], null, 0), A.s);
  for (let k = Math.abs(n); k > 0; k = Math.floor(k / 2)) {
    if (k % 2) result = a_matmul(result, base);
    base = a_matmul(base, base);
  }
  return result;
}""",
    "expm": """A => g_stacked(B => {
  const size = Math.max(0, ...B.d.map(Math.abs)) * B.s[0];
  const halvings = Math.max(0, Math.ceil(Math.log2(size || 1)) + 3);
  const x = a_div(B, a_num(2 ** halvings));
  let term = g_eye(B.s[0], null, 0), sum = term;
  for (let k = 1; k < 20; k += 1) {
    term = a_div(a_matmul(term, x), a_num(k));
    sum = a_add(sum, term);
  }
  for (let k = 0; k < halvings; k += 1) sum = a_matmul(sum, sum);
  return sum;
}, A)""",
    "cholesky": """A => g_stacked(B => {
  const n = B.s[0], d = new Array(n * n).fill(0);
  for (let i = 0; i < n; i += 1) for (let j = 0; j <= i; j += 1) {
    let rest = B.d[i * n + j];
    for (let k = 0; k < j; k += 1) rest -= d[i * n + k] * d[j * n + k];
    d[i * n + j] = i === j ? Math.sqrt(rest) : rest / d[j * n + j];
  }
  return a_make([n, n], d);
}, A)""",
    "reshape": "(x, s) => a_reshape(x, [s].flat())",
    "transpose": "(x, axes) => axes === null ? a_turn(x) : a_permute(x, a_axes(x, axes))",
    "flip": """(x, axis) => {
  const axes = a_axes(x, axis), all = {from: null, to: null, by: 1};
  return a_index(x, x.s.map((_, k) => axes.includes(k) ? {...all, by: -1} : all));
}""",
    "roll": """(x, shift, axis) => {
  if (axis === null) return a_reshape(g_roll(a_reshape(x, [-1]), shift, 0), x.s);
  const turned = (e, by) => e.map((_, i) => e[((i - by) % e.length + e.length) % e.length]);
  const by = [shift].flat(), axes = [axis].flat(), n = Math.max(by.length, axes.length);
  const one = (list, i) => list[list.length === 1 ? 0 : i];
  return Array.from({length: n}, (_, i) => i).reduce(
    (y, i) => a_along(e => turned(e, one(by, i)), y, one(axes, i)), x);
}""",
    "concat": """(parts, axis) => {
  const k = (axis + parts[0].s.length) % parts[0].s.length;
  const front = x => a_permute(x, [k, ...x.s.map((_, i) => i).filter(i => i !== k)]);
  const moved = parts.map(front), n = moved.reduce((sum, x) => sum + x.s[0], 0);
  const joined = a_make([n, ...moved[0].s.slice(1)], moved.flatMap(x => x.d));
  const order = joined.s.map((_, i) => i < k ? i + 1 : i === k ? 0 : i);
  return a_permute(joined, order);
}""",
    "stack": """(parts, axis) => {
  const k = axis < 0 ? axis + parts[0].s.length + 1 : axis;
  return g_concat(parts.map(x => a_reshape(x, [...x.s.slice(0, k), 1, ...x.s.slice(k)])), k);
}""",
    "list": "(...parts) => g_stack(parts, 0)",
    "pad": """(x, width) => {
  const nested = Array.isArray(width) && width.some(Array.isArray);
  let pairs = nested ? width.map(w => [w].flat()) : x.s.map(() => [width].flat());
  if (pairs.length === 1) pairs = x.s.map(() => pairs[0]);
  pairs = pairs.map(pair => pair.length === 1 ? [pair[0], pair[0]] : pair);
  const s = x.s.map((n, k) => pairs[k][0] + n + pairs[k][1]), d = new Array(a_size(s)).fill(0);
  const own = a_strides(x.s), steps = a_strides(s);
  const place = (i, k) => (Math.floor(i / own[k]) % x.s[k] + pairs[k][0]) * steps[k];
  x.d.forEach((a, i) => { d[g_total(own.map((_, k) => place(i, k)))] = a; });
  return a_make(s, d);
}""",
    "broadcast_to": "(x, s) => a_spread(x, [s].flat())",
    "windows": """(x, size, by) => {
  const own = a_strides(x.s), first = x.s.length - size.length;
  const count = size.map((n, k) => Math.floor((x.s[first + k] - n) / by[k]) + 1);
  const outer = own.slice(0, first), inner = own.slice(first);
  return a_view(x, [...x.s.slice(0, first), ...count, ...size],
    [...outer, ...inner.map((step, k) => step * by[k]), ...inner]);
}""",
    "per_axis": "(setting, n) => Array.isArray(setting) ? setting : new Array(n).fill(setting)",
    "conv": """(x, w, stride, padding, axes) => {
  if (x.s.length === axes) {
    const one = e => a_reshape(e, [1, 1, ...e.s]);
    const y = g_conv(one(x), one(w), stride, padding, axes);
    return a_reshape(y, y.s.slice(2));
  }
  const padded = g_pad(x, [[0, 0], [0, 0], ...g_per_axis(padding, axes).map(n => [n, n])]);
  const parts = g_windows(padded, w.s.slice(2), g_per_axis(stride, axes));
  const out = "pq".slice(0, axes), inner = "kl".slice(0, axes);
  return g_einsum(`nc${out}${inner},oc${inner}->no${out}`, parts, w);
}""",
    "conv1d": "(x, w, stride, padding) => g_conv(x, w, stride, padding, 1)",
    "conv2d": "(x, w, stride, padding) => g_conv(x, w, stride, padding, 2)",
    "pooled": """(x, k, stride, padding, outside) => {
  const size = g_per_axis(k, Math.min(x.s.length, 2)), n = size.length, front = x.s.length - n;
  const around = e => g_pad(e, [
    ...x.s.slice(0, front).map(() => [0, 0]), ...g_per_axis(padding, n).map(m => [m, m])]);
  const cells = e => g_windows(around(e), size, g_per_axis(stride ?? k, n));
  const inside = cells(a_make(x.s, x.d.map(() => 1))).d, parts = cells(x);
  return [a_make(parts.s, parts.d.map((e, i) => inside[i] ? e : outside)),
    size.map((_, i) => i - n)];
}""",
    "max_pool": """(x, k, stride, padding) =>
  g_max(...g_pooled(x, k, stride, padding, -Infinity), false)""",
    "avg_pool": "(x, k, stride, padding) => g_mean(...g_pooled(x, k, stride, padding, 0), false)",
    "embedding": """(table, index) => Array.isArray(index)
  ? g_stack(index.map(i => g_embedding(table, i)), 0) : a_index(table, [index])""",
}
