"""Made-up runs of crossed factors, and their analysis of variance by its definition, for make_stats_golden.py."""

import itertools

import numpy as np
import pandas as pd
from scipy import stats


def factorial_frame(rng, levels, seeds):
    runs = list(itertools.product(*[range(count) for count in levels], range(seeds)))
    frame = pd.DataFrame(runs, columns=[*"XYZ"[:len(levels)], "seed"])
    frame["value"] = rng.integers(-99, 100, len(frame)) + 40 * frame["X"] + 9 * frame["seed"]
    frame["value"] += 25 * frame["X"] * frame["Y"] if "Y" in frame else 0
    return frame


def runs(frame):
    return frame.to_numpy().ravel()


DESIGNS = [((2, 2), 5), ((2, 2), 3), ((2, 3), 5), ((3, 2), 10), ((4, 3), 2), ((2, 2, 2), 5), ((2, 3, 2), 3),
           ((3, 3, 2), 5), ((2,), 5), ((5,), 3)]


def indicators(frame, names):
    groups = frame.groupby(names).ngroup().to_numpy() if names else np.zeros(len(frame), int)
    return np.eye(groups.max() + 1)[groups]


def least_squares(frame, terms):
    """Rank, and residual sum of squares."""
    columns = np.hstack([indicators(frame, list(term)) for term in [(), *terms]])
    residual = frame["value"] - columns @ np.linalg.lstsq(columns, frame["value"], rcond=None)[0]
    return np.linalg.matrix_rank(columns), (residual**2).sum()


def against_the_seeds(frame, factors, rows):
    """F and p of each term against what the term times the seeds adds to the whole model; none for the seeds."""
    terms = [(name,) for name in factors] + list(itertools.combinations(factors, 2))
    whole = [("seed",), *terms]
    result = [[*rows[0][:2], np.nan, np.nan]]
    for term, (degrees, squares) in zip(terms, rows[1:]):
        below = whole + [(name, "seed") for name in term if len(term) > 1]
        rank, residual = least_squares(frame, below)
        rank_with, left = least_squares(frame, [*below, (*term, "seed")])
        f = squares / degrees / ((residual - left) / (rank_with - rank)) if degrees and rank_with > rank else np.nan
        result.append([degrees, squares, f, stats.f.sf(f, degrees, rank_with - rank)])
    return result


def type_2_rows(frame, factors):
    """By its definition, whatever pairs of levels are missing."""
    terms = [("seed",), *[(name,) for name in factors], *itertools.combinations(factors, 2)]
    rank, residual = least_squares(frame, terms)
    rows = []
    for term in terms:
        others = [other for other in terms if not set(term) <= set(other)]
        rank_without, without = least_squares(frame, others)
        rank_with, including = least_squares(frame, [*others, term])
        degrees, squares = rank_with - rank_without, without - including
        rows.append([degrees, squares if degrees else np.nan])
    return rows, [len(frame) - rank, residual]


def drop_runs(rng, frame, names):
    """A twelfth of the runs goes, but each pair of levels keeps one."""
    while True:
        kept = frame.drop(index=rng.choice(len(frame), max(1, len(frame) // 12), replace=False))
        if all(kept.groupby(list(pair)).ngroups == frame.groupby(list(pair)).ngroups
               for pair in itertools.combinations(names, min(2, len(names)))):
            return kept
