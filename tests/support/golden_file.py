"""A golden file of statistics: its head names the script, the libraries and the source, then a line is a case, its groups of
numbers split by bars."""

import pathlib
import sys

import numpy as np

TARGET = pathlib.Path(__file__).parent.parent / "golden" / "stats"


def text(group):
    return " ".join(repr(float(x)).removesuffix(".0") for x in np.atleast_1d(np.asarray(group, float)))


def write(name, columns, source, cases, versions):
    script = pathlib.Path(sys.argv[0]).name
    lines = [f"# Made by tests/support/{script} with {versions}.", f"# {columns}", f"# {source}"]
    lines += [" | ".join(text(group) for group in case) for case in cases]
    (TARGET / f"{name}.txt").write_text("\n".join(lines) + "\n")
    print(f"{name}: {len(cases)} cases")
