#!/usr/bin/env python3
"""Writes the golden cases of contrasts and families to tests/golden/stats/: what statsmodels, SciPy and plain enumeration say.

    pip install numpy scipy pandas statsmodels
    python3 tests/support/make_contrast_golden.py
A line is a case, its groups of numbers are split by bars.
"""

import itertools
import warnings

import numpy as np
import pandas as pd
import scipy
import statsmodels
import statsmodels.formula.api as smf
from scipy import stats
from statsmodels.stats.anova import AnovaRM, anova_lm

import golden_file

VERSIONS = f"SciPy {scipy.__version__}, statsmodels {statsmodels.__version__}, NumPy {np.__version__}"


def write(name, columns, source, cases):
    golden_file.write(name, columns, source, cases, VERSIONS)


def connected(frame):
    """Seeds and strata hang together."""
    strata, seeds = {frame["stratum"].iloc[0]}, set()
    while True:
        seeds = set(frame[frame["stratum"].isin(strata)]["seed"])
        grown = set(frame[frame["seed"].isin(seeds)]["stratum"])
        if grown == strata:
            return len(strata) == frame["stratum"].nunique()
        strata = grown


def contrasts(rng):
    cases = []
    for case in range(40):
        seeds, strata = int(rng.integers(2, 9)), int(rng.integers(1, 7))
        frame = pd.DataFrame(list(itertools.product(range(seeds), range(strata))), columns=["seed", "stratum"])
        frame["D"] = rng.integers(-60, 61, len(frame)) + 25 * (frame["seed"] % 3) + 14 * frame["stratum"]
        if case % 2:
            kept = frame.sample(max(2, int(0.8 * len(frame))), random_state=case).sort_index()
            if kept["seed"].nunique() < 2 or not connected(kept):
                continue
            frame = kept
        fit = smf.ols("D ~ C(seed, Sum)" + (" + C(stratum, Sum)" if frame["stratum"].nunique() > 1 else ""), frame).fit()
        effects = fit.params[fit.params.index.str.startswith("C(seed")].to_numpy()
        values = fit.params["Intercept"] + np.append(effects, -effects.sum())
        # The clustered t: D less its stratum's effect, each seed counted once.
        names = sorted(frame["stratum"].unique())
        of_strata = fit.params[fit.params.index.str.startswith("C(stratum")].to_numpy()
        gamma = dict(zip(names, np.append(of_strata, -of_strata.sum()))) if len(names) > 1 else {names[0]: 0.0}
        frame["adjusted"] = frame["D"] - frame["stratum"].map(gamma)
        weights = 1.0 / frame.groupby("seed")["D"].transform("size")
        clustered = smf.wls("adjusted ~ 1", frame, weights=weights).fit(
            cov_type="cluster", cov_kwds={"groups": frame["seed"]}, use_t=True)
        low, high = clustered.conf_int().loc["Intercept"]
        cases.append((frame[["stratum", "seed", "D"]].to_numpy().ravel(), values,
                      [clustered.params["Intercept"], clustered.bse["Intercept"], clustered.tvalues["Intercept"],
                       clustered.pvalues["Intercept"], low, high]))
    write("contrast", "a pair after the other: stratum, seed, D | a value a seed | tau, its standard error, t, p, low and "
          "high at 0.95", "From statsmodels: ols with sum coding of seeds and strata; the t of wls with each seed counted "
          "once, covariance clustered by seed.", cases)


def t_of(values):
    n = np.sum(~np.isnan(values), axis=-1)
    mean, sd = np.nanmean(values, axis=-1), np.nanstd(values, axis=-1, ddof=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.abs(mean) / (sd / np.sqrt(n))
    return np.where(sd < 1e-9, np.where(np.abs(mean) < 1e-9, 0.0, np.inf), t)


def single_step(table, row, mu, signs):
    shifted = table.copy()
    shifted[row] -= mu
    flipped = t_of(signs[:, None, :] * shifted[None])
    return np.mean(flipped.max(axis=1) >= t_of(shifted[row]) * (1 - 1e-11))


def end_of(table, row, side, level, signs):
    """Where p, as a function of mu, falls to the level: by bisection."""
    mean = np.nanmean(table[row])
    near, far = mean, mean + side * 1e4
    if single_step(table, row, far, signs) > level:
        return side * np.inf
    while abs(far - near) > 1e-12 * max(1.0, abs(far)):
        middle = (near + far) / 2
        if single_step(table, row, middle, signs) > level:
            near = middle
        else:
            far = middle
    return (near + far) / 2


def stepped_down(table, signs):
    observed = t_of(table)
    order = np.argsort(-observed, kind="stable")
    flipped = t_of(signs[:, None, :] * table[None])
    p, least = np.empty(len(table)), 0.0
    for place, row in enumerate(order):
        p[row] = least = max(least, np.mean(flipped[:, order[place:]].max(axis=1) >= observed[row] * (1 - 1e-11)))
    return p


def families(rng):
    cases = []
    for case in range(36):
        n, m = (6, 7, 8, 9)[case % 4], (1, 2, 3, 5)[case // 4 % 4]
        table = rng.normal(0, 1, (m, n)) + rng.normal(0, 0.5, n) + rng.choice([0, 0.8, 2.5], (m, 1))
        table = np.round(table * 512) / 512
        if case % 3 == 2:
            table[rng.integers(m), rng.integers(n)] = np.nan  # a seed less
        confidence = (0.95, 0.9, 0.95)[case % 3]
        if np.min(np.sum(~np.isnan(table), axis=1)) < 6:
            confidence = 0.9
        signs = np.array(list(itertools.product((1, -1), repeat=n)))
        level = 1 - confidence
        p = [single_step(table, r, 0.0, signs) for r in range(m)]
        ends = [end_of(table, r, side, level, signs) for r in range(m) for side in (-1, 1)]
        cases.append(([m, confidence], table.ravel(), p, stepped_down(table, signs), ends))
    write("family", "rows, confidence | values, a row after the other, nan for a seed it lacks | p | step-down p | low, high "
          "of each row", "By enumeration of all signs with NumPy; the ends by bisection of p over the shift of a row.", cases)


def few_seeds(rng):
    cases = []
    for n, m in itertools.product((2, 3, 5), (1, 3, 6)):
        table = rng.integers(-40, 60, (m, n)) + rng.integers(0, 3, (m, 1)) * 30
        table[:, 0] += 7 * (table.std(axis=1) == 0)
        tests = [stats.ttest_1samp(row, 0.0) for row in table]
        p = np.minimum(1, m * np.array([test.pvalue for test in tests]))
        ends = [test.confidence_interval(1 - 0.05 / m) for test in tests]
        cases.append(([m, 0.95], table.ravel(), p, np.ravel(ends)))
    write("family_t", "rows, confidence | values, a row after the other | p | low, high of each row",
          "From scipy.stats.ttest_1samp: p times the rows, intervals at 1 - 0.05 / rows.", cases)


def permutations_of(row):
    """All orders of what a seed has; what it lacks stays where it is."""
    has = np.flatnonzero(~np.isnan(row))
    result = np.full((len(list(itertools.permutations(has))), len(row)), np.nan)
    for place, order in enumerate(itertools.permutations(has)):
        result[place, has] = row[list(order)]
    return result


def share_as_large(table, statistic):
    """Every arrangement of every seed."""
    choices = [permutations_of(row) for row in table]
    observed = statistic(table)
    values = np.array([statistic(np.array(rows)) for rows in itertools.product(*choices)])
    return observed, np.mean(values >= observed - 1e-9 * abs(observed))


def between_levels(table):
    centred = table - np.nanmean(table, axis=1, keepdims=True)
    return np.nansum(np.nansum(centred, axis=0) ** 2 / np.sum(~np.isnan(table), axis=0))


def page_l(table):
    total = 0.0
    for row in table:
        has = np.flatnonzero(~np.isnan(row))
        total += (has - has.mean()) @ stats.rankdata(row[has])
    return abs(total)


def interactions(rng):
    cases = []
    for case, (seeds, levels) in enumerate([(3, 2), (6, 2), (2, 3), (3, 3), (4, 3), (5, 3), (2, 4), (3, 4), (2, 5)] * 3):
        table = rng.integers(-30, 31, (seeds, levels)) + rng.integers(-20, 21, seeds)[:, None]
        table = table + (case % 3) * 12.0 * np.arange(levels)
        if case % 2 and levels > 2:
            table[rng.integers(seeds), rng.integers(levels)] = np.nan
        cases.append(([levels], table.ravel(), share_as_large(table, between_levels)))
    # skip_connection: three seeds, whose differences all fall from width to width.
    table = np.array([[112, 25, -30], [109, 20, -32], [111, 24, -31]], float)
    cases.append(([3], table.ravel(), [between_levels(table), 6 / 216]))
    write("interaction", "levels | values, a seed after the other, nan for a level it lacks | statistic, p",
          "By enumeration of all arrangements with NumPy; the last by hand.", cases)


def trends(rng):
    cases = []
    for case, (seeds, levels) in enumerate([(2, 3), (3, 3), (6, 3), (10, 3), (3, 4), (8, 4), (4, 5), (5, 6), (2, 8)] * 2):
        table = rng.normal(0, 1, (seeds, levels)) + 0.4 * (case % 3) * np.arange(levels) * (-1) ** case
        table = np.round(table * 4096)
        rising = stats.page_trend_test(table, method="exact").pvalue
        falling = stats.page_trend_test(table[:, ::-1], method="exact").pvalue
        cases.append(([levels], table.ravel(), min(1.0, 2 * min(rising, falling))))
    for case in range(9):  # ties and missing levels
        table = rng.integers(0, 4, (3, 3 + case % 2)) + (case % 3) * np.arange(3.0 + case % 2)
        if case % 3 == 1:
            table[case % 3, 1] = np.nan
        cases.append(([table.shape[1]], table.ravel(), share_as_large(table, page_l)[1]))
    write("trend", "levels | values, a seed after the other, nan for a level it lacks | p",
          "From scipy.stats.page_trend_test(method='exact'), twice the smaller of both directions; the last nine, with ties "
          "and missing levels, by enumeration.", cases)


def two_levels(rng):
    """Satterthwaite's degrees and the interval of the issue's formula, mean squares from statsmodels."""
    cases = []
    for case, (seeds, images) in enumerate([(2, 5), (3, 4), (3, 40), (5, 30), (8, 25), (4, 60)] * 3):
        if case % 3 == 0:
            table = rng.choice([-1, 0, 1], (seeds, images), p=[0.2, 0.6, 0.2])
        else:
            table = np.sign(np.round(rng.normal(0, 0.3, (seeds, 1)) * (case % 3) + rng.normal(0, 0.5, images) +
                                     rng.normal(0.1, 0.6, (seeds, images))))
        frame = pd.DataFrame({"d": table.ravel(), "s": np.repeat(np.arange(seeds), images),
                              "i": np.tile(np.arange(images), seeds)})
        rows = anova_lm(smf.ols("d ~ C(s) + C(i)", frame).fit())["mean_sq"] / (seeds * images)
        v1, v2, v3 = rows["C(s)"], rows["C(i)"], rows["Residual"]
        variance = max(v1, v3) + v2 - v3
        if v1 > v3:
            nu = variance**2 / (v1**2 / (seeds - 1) + v2**2 / (images - 1) + v3**2 / ((seeds - 1) * (images - 1)))
        else:
            nu = variance**2 * (images - 1) / v2**2
        nu = max(nu, seeds - 1)
        reach = stats.t.ppf(0.975, nu) * np.sqrt(variance)
        mean = table.mean()
        shown = [nu, mean - reach, mean + reach] if seeds > 2 else [np.nan] * 3
        alone = stats.ttest_1samp(table.mean(axis=1), 0.0).confidence_interval(0.95)
        cases.append(([seeds], table.ravel(), [v1, v2, v3, variance, *shown], [mean, *alone]))
    write("two_levels", "seeds | d, a seed after the other | v1, v2, v3, V, nu, low, high at 0.95 | mean, low and high of "
          "Student's t over seeds", "Mean squares from statsmodels' anova_lm of d ~ seed + image, quantiles from SciPy.", cases)


def chance_of_ece(rng):
    cases = []
    for bins in (1, 3, 15):
        for _ in range(3):
            counts, confidences = rng.integers(0, 400, bins), np.round(rng.random(bins) * 64) / 64
            counts[0] += 1
            deviation = [stats.binom.expect(lambda x, n=n, c=c: abs(x - n * c), (n, c)) if 0 < c < 1 and n else 0.0
                         for n, c in zip(counts, confidences)]
            cases.append((counts, confidences, sum(deviation) / counts.sum()))
    write("ece_chance", "images of each bin | mean confidence of each | expected ECE",
          "From scipy.stats.binom.expect of the distance from the mean.", cases)


def slopes(rng):
    cases = []
    for n in (2, 3, 5, 20):
        curves = rng.integers(-50, 51, (6, n)) + np.arange(n) * 7
        values = [stats.linregress(np.arange(n), curve).slope for curve in curves]
        interval = stats.ttest_1samp(values, 0.0).confidence_interval(0.95)
        cases.append(([n], curves.ravel(), [np.mean(values), *interval]))
    write("slopes", "epochs | six curves, one after the other | mean slope, low, high at 0.95",
          "From scipy.stats.linregress and ttest_1samp.", cases)


def repeated_measures(rng):
    """F of each term against the term times the seeds."""
    cases = []
    for levels, seeds in [((2,), 5), ((4,), 3), ((2, 2), 4), ((2, 3), 5), ((3, 3), 3), ((2, 2, 2), 4), ((2, 3, 2), 3)]:
        names = "XYZ"[:len(levels)]
        runs = list(itertools.product(*[range(count) for count in levels], range(seeds)))
        frame = pd.DataFrame(runs, columns=[*names, "seed"])
        frame["value"] = rng.integers(-99, 100, len(frame)) + 40 * frame["X"] + 9 * frame["seed"]
        table = AnovaRM(frame, "value", "seed", within=list(names)).fit().anova_table
        rows = [table.loc[":".join(term)] for size in (1, 2) for term in itertools.combinations(names, size) if size <= len(names)]
        if len(levels) == 3:
            # Higher interactions are no terms of ours: the error of each term is the same without them.
            assert "X:Y:Z" in table.index
        numbers = [[row["Num DF"], row["Den DF"], row["F Value"], row["Pr > F"]] for row in rows]
        cases.append(([len(levels)], frame.to_numpy().ravel(), np.ravel(numbers)))
    write("repeated_measures", "factors | a run after the other: its levels, its seed, its value | a term after the other, "
          "factors, interactions: degrees, error degrees, F, p", "From statsmodels' AnovaRM, seeds as subjects.", cases)


def main():
    warnings.simplefilter("ignore")
    for number, make in {0: contrasts, 1: families, 2: few_seeds, 3: interactions, 4: trends, 5: two_levels,
                         7: chance_of_ece, 8: slopes, 9: repeated_measures}.items():
        make(np.random.default_rng(20261126 + number))


if __name__ == "__main__":
    main()
