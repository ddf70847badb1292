#!/usr/bin/env python3
"""Writes tests/golden/functions.txt: arguments, and what mpmath says of them in 200 bits.

    python3 tests/support/make_function_golden.py

A line is a function, its argument, and the exact value as the sum of two doubles (hexadecimal), which tells the error of an
answer to a thousandth of a unit in the last place. `power` has its exponent after the argument.
"""

import pathlib
import random

import mpmath
from mpmath import mp, mpf

mp.prec = 200
TARGET = pathlib.Path(__file__).parent.parent / "golden" / "functions.txt"
random.seed(13)


def between(low, high, count):
    return [random.uniform(low, high) for _ in range(count)]


def around(centre, count):
    """Numbers at all distances from `centre`, on both sides."""
    return [centre + random.choice([-1, 1]) * random.random() * 2.0 ** -random.randrange(1, 52) for _ in range(count)]


def magnitudes(low, high, count):
    return [random.random() * 2.0 ** random.randrange(low, high) for _ in range(count)]


CASES = {
    "exp": (mpmath.exp, [0.0, -0.0, 1.0, 709.78, -745.1, 709.0, -708.0] + between(-1, 1, 120) + between(-745, 709.7, 120)
            + between(-745, -708, 20) + magnitudes(-60, 0, 40)),
    "log": (mpmath.log, [1.0, 2.0, 0.5, 5e-324, 2.0 ** -1022, 1.7976931348623157e308] + between(0.5, 2, 120)
            + around(1.0, 80) + magnitudes(-1074, 1023, 100)),
    "log1p": (mpmath.log1p, [0.0, 5e-324, 255.0, 1e300, -1 + 2.0 ** -53] + [-x for x in between(0, 1, 100)]
              + between(0, 256, 80) + around(0.0, 80) + magnitudes(-3, 200, 40)),
    "cos_pi": (mpmath.cospi, [0.0, 1.0, 2.0, 1 / 3, 0.25, 0.75, 1e15, 2.0 ** 60] + between(-2, 2, 160) + around(0.5, 80)
               + around(0.25, 40) + around(1.5, 40) + between(-1e6, 1e6, 40)),
}
CASES["tanh"] = (mpmath.tanh, [0.0, 0.35, 22.0, 30.0, 1e-300] + between(-3, 3, 160) + around(0.0, 60) + magnitudes(-8, 5, 60))
POWERS = [(0.999, n) for n in (0, 1, 2, 3, 1000, 100_000, 600_000)] + [(0.9, n) for n in (1, 10, 64, 1000)] \
    + [(0.1, 280), (10.0, 22), (-2.0, 63), (1 + 2.0 ** -52, 2 ** 40)] \
    + [(random.uniform(0.3, 1.7), random.randrange(0, 400)) for _ in range(120)]


def two_doubles(exact):
    high = float(exact)
    return f"{high.hex()} {float(exact - mpf(high)).hex()}"


lines = [f"# Made by tests/support/make_function_golden.py with mpmath {mpmath.__version__}."]
for name, (function, arguments) in CASES.items():
    lines += [f"{name} {x.hex()} {two_doubles(function(mpf(x)))}" for x in arguments]
lines += [f"power {x.hex()} {n} {two_doubles(mpf(x) ** n)}" for x, n in POWERS]
TARGET.write_text("\n".join(lines) + "\n")
