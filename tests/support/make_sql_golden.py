"""Golden numbers of the SQL functions: the standard library's statistics (exact sums) and numpy.percentile.

    python3 make_sql_golden.py > ../golden/sql_functions.txt       (made with Python 3.11, NumPy 2.4)

A line a case: function, p (or -), the values, the result, between semicolons; NULL where there is none.
"""
import random
import statistics

import numpy

rng = random.Random(20261124)
samples = [
    [1.0],
    [1.0, 2.0],
    [3.0, 3.0, 3.0],
    [0.8, 0.81, 0.79, 0.82, 0.805],
    [1e9 + 4.0, 1e9 + 7.0, 1e9 + 13.0, 1e9 + 16.0],
    [-5.0, 0.0, 1e-3, 1e6],
    [float(i) for i in range(30)],
    [round(rng.gauss(0.0, 1.0), 6) for _ in range(57)],
    [round(rng.lognormvariate(0.0, 3.0), 6) for _ in range(80)],
]


def line(function, p, values, result):
    shown = "NULL" if result is None else repr(float(result))
    print(f"{function};{p};{','.join(repr(v) for v in values)};{shown}")


for values in samples:
    many = len(values) > 1
    line("variance", "-", values, statistics.variance(values) if many else None)
    line("stddev", "-", values, statistics.stdev(values) if many else None)
    line("variance_pop", "-", values, statistics.pvariance(values))
    line("stddev_pop", "-", values, statistics.pstdev(values))
    line("median", "-", values, statistics.median(values))
    for p in (0, 2.5, 25, 33.3, 50, 90, 100):
        line("percentile", p, values, numpy.percentile(values, p))
