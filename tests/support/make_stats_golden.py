#!/usr/bin/env python3
"""Writes tests/golden/stats/*.txt: samples, and what SciPy, statsmodels and NumPy say of them.

    pip install numpy scipy pandas statsmodels scikit-posthocs rliable
    python3 tests/support/make_stats_golden.py

A line is a case, its groups of numbers are split by bars. Values are whole multiples of 2^-12 unless a file's head says
otherwise, so both languages read the same doubles; many samples have ties and zeros.
"""

import importlib.metadata
import itertools
import warnings

import numpy as np
import pandas as pd
import scikit_posthocs
import scipy
import statsmodels
from rliable import metrics as rliable
from scipy import integrate, optimize, stats
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestPower

import golden_file
from factorial_frames import DESIGNS, against_the_seeds, drop_runs, factorial_frame, runs, type_2_rows

VERSIONS = (f"SciPy {scipy.__version__}, statsmodels {statsmodels.__version__}, NumPy {np.__version__}, pandas "
            f"{pd.__version__}, scikit-posthocs {importlib.metadata.version('scikit-posthocs')}, rliable "
            f"{importlib.metadata.version('rliable')}")


def write(name, columns, source, cases):
    golden_file.write(name, columns, source, cases, VERSIONS)


def sample(rng, case, n):
    """Whole numbers; every third sample is narrow, so that it has ties and zeros."""
    if case % 3 == 0:
        return rng.integers(-3, 5, n)
    return rng.integers(-400, 401, n) + int(rng.integers(-300, 300))


def exact_sign_flip(d):
    if len(d) == 1:
        return 1.0  # SciPy wants two; both signs are as far
    return stats.permutation_test((d,), lambda x, axis=-1: np.mean(x, axis=axis), permutation_type="samples",
                                  n_resamples=np.inf, vectorized=True, batch=1 << 14).pvalue


def paired(rng):
    cases = []
    sizes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12] * 6 + [20, 20, 25, 25, 25]
    for case, n in enumerate(sizes):
        whole = sample(rng, case, n)
        if case % 22 == 13:
            whole[:] = 37  # no spread
        elif case % 22 == 7:
            whole[:] = 0  # no difference at all
        elif n > 1:
            whole[0] += whole.std() == 0
        d, confidence = whole / 4096, (0.95, 0.9, 0.99, 0.5)[case % 4]
        spread = n > 1 and d.std() > 0
        t = stats.ttest_1samp(d, 0.0) if spread else None
        interval = t.confidence_interval(confidence) if spread else (np.nan, np.nan)
        d_z = d.mean() / d.std(ddof=1) if spread else np.nan
        m = n - 1
        g_z = d_z * stats.chi(m - 1).mean() / np.sqrt(m) if n > 2 else np.nan
        cases.append(([confidence], whole,
                      [d.mean(), d.std(ddof=1) if n > 1 else np.nan, interval[0], interval[1], d_z, g_z,
                       t.statistic if t else np.nan, t.pvalue if t else np.nan,
                       exact_sign_flip(d) if n <= 20 else np.nan, stats.trim_mean(d, 0.25)]))
    write("paired", "confidence | differences times 4096 | mean, standard deviation, low, high, d_z, g_z, t, its p, "
          "sign-flip p (nan above 20), interquartile mean", "From scipy.stats: ttest_1samp, permutation_test of all "
          "signs, trim_mean; g_z from the mean of its chi.", cases)


def wilcoxon(rng):
    cases = []
    for case, n in enumerate([1, 2, 3, 5, 6, 8, 10, 12, 13, 14] * 4):  # ties and zeros: all signs are tried
        d = rng.integers(-4, 8, n)
        d[0] += 9 * (not d.any())
        kept = d[d != 0]
        p = 1.0 if len(kept) == 1 else stats.wilcoxon(  # SciPy wants two; both signs are as far
            kept, method=stats.PermutationMethod(n_resamples=np.inf, batch=1 << 12)).pvalue
        cases.append((d, [stats.rankdata(abs(kept))[kept > 0].sum(), p]))
    for n in (2, 5, 10, 20, 25, 25, 30, 50):  # no ties: counted
        d = rng.permutation(np.arange(1, n + 1)) * rng.choice([-1, 1, 1], n)
        cases.append((d, [d[d > 0].sum(), stats.wilcoxon(d, method="exact").pvalue]))
    for n in (51, 60, 60, 75, 100, 100):  # approximated; ties and zeros
        d = rng.integers(-9, 14, n)
        d = np.append(d, rng.integers(1, 10, 51))
        result = stats.wilcoxon(d, method="asymptotic", correction=True)
        kept = d[d != 0]
        cases.append((d, [stats.rankdata(abs(kept))[kept > 0].sum(), result.pvalue]))
    write("wilcoxon", "differences | W+, p", "From scipy.stats.wilcoxon: PermutationMethod over all signs where there "
          "are ties or zeros, exact, and asymptotic with correction.", cases)


def generated_indices(seed, count, n):
    """The index generator of the test: as good as random, and the same in both languages."""
    indices = np.empty(count, dtype=int)
    for i in range(count):
        seed = (1103515245 * seed + 12345) % (1 << 31)
        indices[i] = (seed >> 16) % n
    return indices


def bootstrap(rng):
    class Resampled:
        def __init__(self, means):
            self.bootstrap_distribution = means

    cases = []
    for case, n in enumerate([2, 3, 5, 7, 10, 25, 40] * 4):
        whole = sample(rng, case, n)
        whole[0] += whole.std() == 0
        values, confidence = whole / 4096, (0.95, 0.9, 0.5, 0.8)[case % 4]
        means = values[generated_indices(case + 1, 600 * n, n).reshape(600, n)].mean(axis=1)
        interval = stats.bootstrap((values,), np.mean, n_resamples=0, bootstrap_result=Resampled(means),
                                   confidence_level=confidence, method="BCa").confidence_interval
        cases.append(([confidence, case + 1], whole, [interval.low, interval.high]))
    write("bootstrap", "confidence, seed of the indices of 600 resamples | values times 4096 | low, high",
          "From scipy.stats.bootstrap(method='BCa') given the same resampled means.", cases)


def dominance(rng):
    cases = []
    for n, m in [(1, 1), (1, 3), (2, 2), (3, 3), (5, 5), (5, 5), (5, 4), (10, 10), (10, 3), (25, 25)] * 3:
        first, second = rng.integers(0, 12, n) + int(rng.integers(-3, 4)), rng.integers(0, 12, m)
        share = stats.mannwhitneyu(first, second).statistic / (n * m)
        cases.append((first, second, [share, 2 * share - 1]))
    write("dominance", "first | second | probability of improvement, Cliff's delta",
          "From the U of scipy.stats.mannwhitneyu.", cases)


def aggregates(rng):
    cases = []
    for n, m in [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (5, 3), (7, 7), (8, 8), (10, 10), (25, 20)] * 2:
        first, second = rng.integers(0, 9, n), rng.integers(0, 9, m)
        cases.append((first, second, [rliable.probability_of_improvement(first[:, None], second[:, None]),
                                      rliable.aggregate_iqm(first[:, None]), rliable.aggregate_iqm(second[:, None])]))
    cases.append(([4, 4, 4], [4, 4, 4], [0.5, 4, 4]))  # rliable says so of equal arrays
    write("aggregates", "first | second | probability of improvement, interquartile means",
          "From rliable's probability_of_improvement and aggregate_iqm, one task, many ties.", cases)


def pairing(rng):
    """Unequal seed sets, and runs without a value."""
    cases = []
    for case, (n, m) in enumerate([(1, 1), (3, 2), (5, 5), (6, 4), (8, 12), (12, 8), (20, 16)] * 4):
        frames = []
        for size in (n, m):
            seeds = rng.choice(np.arange(1, 21), size, replace=False)
            values = rng.integers(0, 6 if case % 2 else 900, size).astype(float)
            values[rng.random(size) < 0.1] = np.nan
            frames.append(pd.DataFrame({"seed": seeds, "value": values}))
        both = frames[0].dropna().merge(frames[1].dropna(), on="seed").sort_values("seed")
        d = (both["value_x"] - both["value_y"]).to_numpy()
        t = stats.ttest_rel(both["value_x"], both["value_y"]) if len(d) > 1 and d.std() > 0 else None
        kept = d[d != 0]
        signed = np.nan if len(d) == 0 else 1.0 if len(kept) < 2 else stats.wilcoxon(
            kept, method=stats.PermutationMethod(n_resamples=np.inf, batch=1 << 12)).pvalue
        cases.append((*[frame.to_numpy().ravel() for frame in frames], both["seed"],
                      [t.statistic if t else np.nan, t.pvalue if t else np.nan,
                       exact_sign_flip(d) if len(d) else np.nan, signed]))
    write("pairing", "first: seed, value, ... | second likewise | shared seeds | t, its p, sign-flip p, signed-rank p",
          "From pandas' merge on the seed, then scipy.stats: ttest_rel, permutation_test and wilcoxon of all signs.", cases)


def multiple(rng):
    cases = []
    for case in range(30):
        m = (1, 2, 3, 5, 10, 25)[case % 6]
        p = rng.random(m) ** (1 + case % 4)
        if case % 3 == 0:
            p = np.round(p, 1)  # ties, zeros and ones
        cases.append((p, multipletests(p, method="holm")[1], multipletests(p, method="fdr_bh")[1]))
    write("multiple", "p | Holm | Benjamini-Hochberg", "From statsmodels' multipletests: holm, fdr_bh.", cases)


def friedman(rng):
    cases = []
    for case, (k, n) in enumerate([(3, 2), (3, 5), (4, 5), (5, 3), (6, 10), (8, 25), (12, 5), (3, 25)] * 4):
        values = rng.integers(0, 6 if case % 2 else 900, (n, k)) + rng.integers(0, 3, k) * (case % 3)
        result = stats.friedmanchisquare(*values.T)
        confidence = (0.95, 0.9, 0.99)[case % 3]
        q = stats.studentized_range.ppf(confidence, k, np.inf)
        cases.append(([k, confidence], values.ravel(), stats.rankdata(-values, axis=1).mean(axis=0),
                      [result.statistic, result.pvalue, q / np.sqrt(2) * np.sqrt(k * (k + 1) / (6 * n))]))
    write("friedman", "variants, confidence | values, a seed after the other, the highest best | mean ranks | chi "
          "squared, p, critical difference", "From scipy.stats: friedmanchisquare, rankdata, studentized_range.", cases)


def nemenyi(rng):
    """The confidence at which two mean ranks differ by just the critical difference is 1 - p of the pair."""
    cases = []
    for k, n in [(3, 5), (3, 14), (4, 5), (5, 10), (6, 25), (10, 8)] * 2:
        values = rng.integers(0, 8, (n, k)) + rng.integers(0, 4, k)
        ranks = stats.rankdata(-values, axis=1).mean(axis=0)
        p = scikit_posthocs.posthoc_nemenyi_friedman(values).to_numpy()
        pairs = [(i, j) for i, j in itertools.combinations(range(k), 2) if 1e-6 < p[i, j] < 0.9]
        cases.append(([k], values.ravel(), [p[pair] for pair in pairs],
                      [abs(ranks[i] - ranks[j]) for i, j in pairs]))
    write("nemenyi", "variants | values, a seed after the other | p of pairs of variants | how much their mean ranks "
          "differ", "From scikit-posthocs' posthoc_nemenyi_friedman, ties among the values.", cases)


def images(rng):
    """Shares of the runs that get an image right, in quarters."""
    cases = []
    for case, n in enumerate([1, 2, 5, 20, 60, 200] * 4):
        runs = (1, 4)[case % 2]
        first, second = rng.integers(0, runs + 1, n), rng.integers(0, runs + 1, n)
        if case % 8 == 6:
            second = first.copy()  # no image tells them apart
        only = [(first > second).sum(), (second > first).sum()]
        p = stats.binomtest(int(only[0]), int(sum(only))).pvalue if sum(only) else 1.0
        cases.append(([runs], first, second, [*only, first.mean() / runs - second.mean() / runs, p]))
    write("images", "runs | how many of the first's get an image right, ... | of the second's | images that the one, the "
          "other gets right more often; difference in accuracy; p", "From scipy.stats.binomtest at 1/2.", cases)


def mcnemars(rng):
    pairs = [(0, 0), (0, 1), (1, 0), (0, 5), (3, 3), (10, 1), (25, 25), (400, 330), (1200, 1201)]
    pairs += [tuple(rng.integers(0, 60, 2)) for _ in range(21)]
    cases = [(pair, mcnemar([[9, pair[0]], [pair[1], 9]], exact=True).pvalue) for pair in pairs]
    write("mcnemar", "images that only the first, only the second gets right | p",
          "From statsmodels' mcnemar(exact=True).", cases)


def power_of_t(d, n, significance):
    """Of the two-sided t test, without a noncentral t: the mean over the deviation's distribution."""
    scale = stats.chi(n - 1, scale=1 / np.sqrt(n - 1))
    critical, shift = stats.t.ppf(1 - significance / 2, n - 1), d * np.sqrt(n)

    def found(s):
        return scale.pdf(s) * (stats.norm.sf(critical * s - shift) + stats.norm.cdf(-critical * s - shift))

    return integrate.quad(found, 0, scale.ppf(1 - 1e-15), epsabs=1e-12, epsrel=1e-12, limit=500)[0]


def power():
    cases = []
    for n, (significance, wanted) in itertools.product(
            (2, 3, 4, 5, 10, 25), ((0.05, 0.8), (0.1, 0.8), (0.05, 0.9), (0.01, 0.8), (0.5, 0.8))):
        d = optimize.brentq(lambda d: power_of_t(d, n, significance) - wanted, 0.01, 200, xtol=1e-11, rtol=1e-11)
        # statsmodels' power agrees; its solve_power stops short of the root for two and three pairs.
        assert abs(TTestPower().power(d, n, significance) - wanted) < 1e-9
        cases.append(((n, significance, wanted), d))
    write("power", "pairs, significance, power | d_z", "The t test's power integrated with scipy.integrate.quad and "
          "solved with brentq; statsmodels' TTestPower.power agrees within 1e-9.", cases)


def anova(rng):
    cases = []
    for case in range(36):
        levels, seeds = DESIGNS[case % len(DESIGNS)]
        names = "XYZ"[:len(levels)]
        frame = factorial_frame(rng, levels, seeds)
        if case >= 30:  # no run has both of two levels
            frame = frame[(frame["X"] > 0) | (frame["Y"] > 0)]
            rows, residual = type_2_rows(frame, names)
        else:
            frame = frame if case < len(DESIGNS) else drop_runs(rng, frame, names)
            terms = "+".join(f"C({name})" for name in names)
            table = anova_lm(ols(f"value ~ C(seed) + ({terms})**2", frame).fit(), typ=2)
            order = [row for row in table.index if row not in ("C(seed)", "Residual")]
            rows = [table.loc[row, ["df", "sum_sq"]] for row in ["C(seed)", *order]]
            residual = table.loc["Residual", ["df", "sum_sq"]]
        rows = against_the_seeds(frame, names, rows)
        cases.append(([len(levels)], runs(frame), np.concatenate(rows), residual,
                      [((frame["value"] - frame["value"].mean()) ** 2).sum()]))
    write("anova", "factors | a run after the other: its levels, its seed, its value | a term after the other, seeds, "
          "factors, interactions: degrees, sum of squares, F, p | residual: degrees, sum of squares | total sum of "
          "squares", "From statsmodels' anova_lm(typ=2) of an ordinary least-squares fit; the last six, in which a "
          "pair of levels is missing, by numpy.linalg.lstsq with and without a term, as is the error of every F.", cases)


def effects(rng):
    """Per seed, the effects are coefficients of a fit with sum-to-zero coding: means over all else."""
    cases = []
    for case in range(20):
        levels, seeds = DESIGNS[case % 8]
        frame = factorial_frame(rng, levels, seeds)
        names = "XYZ"[:len(levels)]
        per_seed = []
        for _, part in frame.groupby("seed"):
            fit = ols("value ~ " + "*".join(f"C({name}, Sum)" for name in names), part).fit()
            grid = frame.drop(columns=["seed", "value"]).drop_duplicates()
            grid["fit"] = fit.predict(grid)
            main = [grid[grid[a] == i]["fit"].mean() - grid[grid[a] == 0]["fit"].mean()
                    for a, count in zip(names, levels) for i in range(1, count)]
            corners = {(a, b): grid.groupby([a, b])["fit"].mean() for a, b in itertools.combinations(names, 2)}
            both = [corners[a, b].loc[[(i, j), (i, 0), (0, j), (0, 0)]] @ [1, -1, -1, 1]
                    for (a, m), (b, n) in itertools.combinations(zip(names, levels), 2)
                    for i in range(1, m) for j in range(1, n)]
            per_seed.append([*main, *both])
        numbers = []
        for values in np.array(per_seed).T:
            t = stats.ttest_1samp(values, 0.0)
            numbers += [values.mean(), *t.confidence_interval(0.95), t.pvalue]
        cases.append(([len(levels)], runs(frame), numbers))
    write("effects", "factors | a run after the other: its levels, its seed, its value | an effect after the other, "
          "main effects, interactions: mean, low, high at 0.95, p", "From statsmodels' fit of each seed, and "
          "scipy.stats.ttest_1samp.", cases)


def main():
    warnings.simplefilter("ignore")  # of samples too small for SciPy's liking
    makers = [paired, wilcoxon, bootstrap, dominance, multiple, friedman, mcnemars, anova, effects]
    makers += [aggregates, pairing, nemenyi, images]
    for number, make in enumerate(makers):
        make(np.random.default_rng(20240607 + number))
    power()


if __name__ == "__main__":
    main()
