#!/usr/bin/env python3
"""Writes the golden cases of looks, planned or at any time, to tests/golden/stats/: plain products, and quadrature by SciPy.

    pip install numpy scipy
    python3 tests/support/make_looks_golden.py
"""

import numpy as np
import scipy
from scipy import integrate, optimize, stats

import golden_file

VERSIONS = f"SciPy {scipy.__version__}, NumPy {np.__version__}"


def write(name, columns, source, cases):
    golden_file.write(name, columns, source, cases, VERSIONS)


def e_values(rng):
    """By the products as they are written in the header."""
    cases = []
    for case, n in enumerate([1, 2, 5, 8, 12, 20, 30] * 3):
        d = rng.integers(-20, 21, n) + (case % 3) * 8
        if case == 8:
            d[:] = 0
        after = []
        for last in range(1, n + 1):
            both = []
            for bet in (0.5, 1.0, 2.0):
                a = [np.tanh(bet * abs(d[i]) / np.sqrt(np.mean(d[:i + 1] ** 2.0))) if d[i] else 0.0 for i in range(last)]
                s = np.sign(d[:last])
                both.append((np.prod(1 + a * s) + np.prod(1 - a * s)) / 2)
            after.append(np.mean(both))
        cases.append((d, after, min(1.0, 1 / max(after))))
    write("e_value", "differences | E after each | anytime p", "By NumPy, every product anew.", cases)


def e_value_of(d):
    """The largest so far."""
    largest, n = 1.0, len(d)
    r = np.sqrt(np.cumsum(d ** 2) / np.arange(1, n + 1))
    for last in range(1, n + 1):
        both = []
        for bet in (0.5, 1.0, 2.0):
            a = np.where(d[:last] == 0, 0.0, np.tanh(bet * d[:last] / np.where(r[:last] > 0, r[:last], 1.0)))
            both.append((np.prod(1 + a) + np.prod(1 - a)) / 2)
        largest = max(largest, np.mean(both))
    return largest


def anytime(rng):
    """Of each row the interval from a fine grid of hypotheses, its ends by brentq."""
    cases = []
    for case in range(12):
        rows, n, level = 1 + case % 3, [8, 12, 20][case // 4], [0.05, 0.1][case % 2]
        table = rng.integers(-20, 21, (rows, n)) + 12.0 * (case % 4)
        needed = rows / level
        if e_value_of(np.ones(n)) < needed:
            continue
        for d in table:
            mean, reach, ends = d.mean(), np.abs(d - d.mean()).max(), []
            for sign in (-1.0, 1.0):
                far = mean + sign * np.concatenate([np.linspace(0, 2 * reach, 1500), 2 * reach * 1.1 ** np.arange(1, 90)])
                refused = [e_value_of(d - mu) >= needed for mu in far]
                last = max(i for i in range(len(far)) if not refused[i])
                ends.append(optimize.brentq(lambda mu: e_value_of(d - mu) - needed, *sorted(far[last:last + 2]), xtol=1e-14,
                                            rtol=1e-15))
            cases.append((d, (rows, level), min(1.0, rows / e_value_of(d)), ends))
    write("anytime", "differences in their order | rows, level | p at 0 alone | interval",
          "E from NumPy's products; the interval from 1,589 hypotheses a side, ends by scipy.optimize.brentq.", cases)


def boundaries(seeds, level):
    """Of a Brownian motion, by nested adaptive quadrature: no grid."""
    t = np.array(seeds) / seeds[-1]
    spent = [level if x == 1 else 4 * stats.norm.cdf(stats.norm.ppf(level / 4) / np.sqrt(x)) for x in t]
    ends = []

    def stays(k, place):
        """Chance of staying within the ends from look k on, from a place at look k - 1."""
        if k == len(ends):
            return 1.0
        sd = np.sqrt(t[k] - (t[k - 1] if k else 0))
        if k == len(ends) - 1:
            return stats.norm.cdf((ends[k] - place) / sd) - stats.norm.cdf((-ends[k] - place) / sd)
        return integrate.quad(lambda x: stats.norm.pdf((x - place) / sd) / sd * stays(k + 1, x), -ends[k], ends[k],
                              epsabs=1e-13, epsrel=1e-12)[0]

    for k in range(len(t)):
        def excess(end):
            ends.append(end)
            chance = stays(0, 0.0)
            ends.pop()
            return chance - (1 - spent[k])
        ends.append(optimize.brentq(excess, 0.3, 8, xtol=1e-13, rtol=1e-13))
    z = np.array(ends) / np.sqrt(t)
    return z, 2 * stats.norm.sf(z), spent


def looks():
    cases = []
    for seeds, level in [((10,), 0.05), ((12, 24), 0.05), ((10, 20), 0.1), ((14, 18, 24), 0.05), ((12, 16, 20), 0.05),
                         ((10, 12), 0.01)]:
        z, nominal, spent = boundaries(seeds, level)
        cases.append((seeds, level, z, nominal, spent))
    write("planned_looks", "seeds of the looks | level | boundaries z | nominal p | level spent",
          "Nested scipy.integrate.quad of the normal increments, boundaries by brentq.", cases)


def main():
    e_values(np.random.default_rng(20261132))
    anytime(np.random.default_rng(20261136))
    looks()


if __name__ == "__main__":
    main()
