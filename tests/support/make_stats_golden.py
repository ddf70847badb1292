#!/usr/bin/env python3
"""Writes tests/golden/stats.txt: samples of differences and what SciPy says of them.

    python3 tests/support/make_stats_golden.py

Differences are multiples of 2^-12, so both languages read the same doubles; some samples have ties and zeros.
"""

import pathlib

import numpy as np
import scipy
from scipy import stats

TARGET = pathlib.Path(__file__).parent.parent / "golden" / "stats.txt"


def main():
    rng = np.random.default_rng(20240607)
    lines = [f"# Made by tests/support/make_stats_golden.py with SciPy {scipy.__version__}, NumPy {np.__version__}.",
             "# n confidence mean standard_deviation low high d_z t t_p permutation_p | differences times 4096"]
    for case in range(60):
        n = 2 + case % 11 if case % 12 else 20
        spread, shift = (3, 1) if case % 5 == 0 else (400, int(rng.integers(-300, 300)))
        whole = rng.integers(-spread, spread + 1, n) + shift
        whole[0] += whole.std() == 0
        d = whole / 4096
        confidence = (0.95, 0.9, 0.99, 0.5)[case % 4]
        t = stats.ttest_1samp(d, 0.0)
        interval = t.confidence_interval(confidence)
        exact = stats.permutation_test((d,), np.mean, permutation_type="samples", n_resamples=np.inf,
                                       vectorized=True, batch=1 << 14).pvalue
        numbers = (d.mean(), d.std(ddof=1), interval.low, interval.high, d.mean() / d.std(ddof=1), t.statistic, t.pvalue,
                   exact)
        lines.append(f"{n} {confidence} " + " ".join(f"{x:.15g}" for x in numbers) + " | " + " ".join(map(str, whole)))
    TARGET.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
