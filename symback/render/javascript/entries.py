"""JavaScript of functions of single numbers, by name; each source may use others by `f_name`.

Sources of the series: Abramowitz and Stegun, Handbook of Mathematical Functions, 6.1.41 (lgamma),
6.3.18 (digamma), 6.4.12 (trigamma), 7.1.6 and 7.1.14 (error functions).
"""

from __future__ import annotations

# fmt: off
ENTRIES: dict[str, str] = {
    "exp": "Math.exp", "log": "Math.log", "expm1": "Math.expm1", "log1p": "Math.log1p",
    "exp2": "x => 2 ** x", "exp10": "x => 10 ** x", "log2": "Math.log2", "log10": "Math.log10",
    "xlogy": "(x, y) => x === 0 && !Number.isNaN(y) ? 0 : x * Math.log(y)",
    "xlog1py": "(x, y) => x === 0 && !Number.isNaN(y) ? 0 : x * Math.log1p(y)",
    "logaddexp": "(x, y) => x === y ? x + Math.LN2"
                 " : Math.max(x, y) + Math.log1p(Math.exp(-Math.abs(x - y)))",
    "sqrt": "Math.sqrt", "cbrt": "Math.cbrt", "rsqrt": "x => 1 / Math.sqrt(x)",
    "square": "x => x * x", "power": "Math.pow", "hypot": "Math.hypot",
    "floor": "Math.floor", "ceil": "Math.ceil", "trunc": "Math.trunc",
    "round": "x => { const r = Math.round(x); return r - x === 0.5 && r % 2 ? r - 1 : r; }",
    "mod": "(x, y) => { const r = x % y; return r !== 0 && (r < 0) !== (y < 0) ? r + y : r; }",
    "fmod": "(x, y) => x % y",
    "abs": "Math.abs", "sign": "Math.sign", "step": "x => +(x > 0)",
    "heaviside": "(x, h) => x === 0 ? h : +(x > 0)",
    "maximum": "Math.max", "minimum": "Math.min",
    "clip": "(x, lo, hi) => Math.min(Math.max(x, lo), hi)",
    "where": "(c, a, b) => c !== 0 ? a : b",

    "sin": "Math.sin", "cos": "Math.cos", "tan": "Math.tan",
    "sec": "x => 1 / Math.cos(x)", "csc": "x => 1 / Math.sin(x)", "cot": "x => 1 / Math.tan(x)",
    "sinpi": "x => Math.sin(Math.PI * (x % 2))", "cospi": "x => Math.cos(Math.PI * (x % 2))",
    "sinc": "x => x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)",
    "deg2rad": "x => x * Math.PI / 180", "rad2deg": "x => x * 180 / Math.PI",
    "asin": "Math.asin", "acos": "Math.acos", "atan": "Math.atan", "atan2": "Math.atan2",
    "asec": "x => Math.acos(1 / x)", "acsc": "x => Math.asin(1 / x)",
    "acot": "x => Math.atan(1 / x)",
    "sinh": "Math.sinh", "cosh": "Math.cosh", "tanh": "Math.tanh",
    "sech": "x => 1 / Math.cosh(x)", "csch": "x => 1 / Math.sinh(x)",
    "coth": "x => 1 / Math.tanh(x)",
    "asinh": "Math.asinh", "acosh": "Math.acosh", "atanh": "Math.atanh",
    "asech": "x => Math.acosh(1 / x)", "acsch": "x => Math.asinh(1 / x)",
    "acoth": "x => Math.atanh(1 / x)",

    "relu": "x => Math.max(x, 0)", "relu6": "x => Math.min(Math.max(x, 0), 6)",
    "leaky_relu": "(x, slope) => x > 0 ? x : slope * x",
    "elu": "(x, alpha) => x > 0 ? x : alpha * Math.expm1(x)",
    "celu": "(x, alpha) => x > 0 ? x : alpha * Math.expm1(x / alpha)",
    "selu": "x => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x))",
    "hardtanh": "(x, lo, hi) => Math.min(Math.max(x, lo), hi)",
    "hardsigmoid": "x => Math.min(Math.max((x + 3) / 6, 0), 1)",
    "sigmoid": "x => x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))",
    "log_sigmoid": "x => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)))",
    "logit": "x => Math.log(x / (1 - x))",
    "softplus": "x => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))",
    "softsign": "x => x / (1 + Math.abs(x))",
    "silu": "x => x * f_sigmoid(x)",
    "mish": "x => x * Math.tanh(f_softplus(x))",
    "gelu": "x => x * f_ndtr(x)",
    "gelu_tanh": "x => x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))) / 2",

    "erf": "x => Math.abs(x) < 2 ? f_erf_series(x) : x > 0 ? 1 - f_erfc(x) : f_erfc(-x) - 1",
    "erfc": "x => x < 2 ? 1 - f_erf(x) : Math.exp(-x * x) * f_erfcx_tail(x)",
    "erfcx": "x => x < 2 ? Math.exp(x * x) * f_erfc(x) : f_erfcx_tail(x)",
    "erf_series": """x => {
  let term = 2 * x * Math.exp(-x * x) / Math.sqrt(Math.PI), sum = 0;
  for (let k = 1; Math.abs(term) > 1e-18 * Math.abs(sum); k += 1) {
    sum += term;
    term *= 2 * x * x / (2 * k + 1);
  }
  return sum;
}""",
    "erfcx_tail": """x => {
  let tail = 0;
  for (let k = 120; k > 0; k -= 1) tail = k / 2 / (x + tail);
  return 1 / Math.sqrt(Math.PI) / (x + tail);
}""",
    "ndtr": "x => f_erfc(-x / Math.SQRT2) / 2",
    "gamma": """x => x < 0.5
  ? (Number.isInteger(x) ? NaN : Math.PI / (Math.sin(Math.PI * x) * f_gamma(1 - x)))
  : Math.exp(f_lgamma(x))""",
    "lgamma": """x => {
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - f_lgamma(1 - x);
  let product = 1;
  for (; x < 15; x += 1) product *= x;
  const y = 1 / (x * x);
  const tail = (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y / 1188)))) / x;
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + tail - Math.log(product);
}""",
    "digamma": """x => {
  if (x < 0.5) return f_digamma(1 - x) - Math.PI / Math.tan(Math.PI * x);
  let sum = 0;
  for (; x < 15; x += 1) sum -= 1 / x;
  const y = 1 / (x * x);
  const tail = y * (1 / 12 - y * (1 / 120 - y * (1 / 252 - y * (1 / 240 - y / 132))));
  return sum + Math.log(x) - 0.5 / x - tail;
}""",
    "trigamma": """x => {
  if (x < 0.5) return (Math.PI / Math.sin(Math.PI * x)) ** 2 - f_trigamma(1 - x);
  let sum = 0;
  for (; x < 15; x += 1) sum += 1 / (x * x);
  const y = 1 / (x * x);
  const tail = y * (1 / 6 - y * (1 / 30 - y * (1 / 42 - y * (1 / 30 - y * 5 / 66))));
  return sum + (1 + 0.5 / x + tail) / x;
}""",
    "beta": "(a, b) => Math.exp(f_lbeta(a, b))",
    "lbeta": "(a, b) => f_lgamma(a) + f_lgamma(b) - f_lgamma(a + b)",
}
# fmt: on
