#!/usr/bin/env python3
"""Makes tests/golden/store: a results file of each schema, as SQL, and the fingerprint of all of them.

    make_store_fixtures.py RESULTS.db [VERSION...]      default: every version

RESULTS.db is a small study that the program itself trained. The schema of each version is the text that stood in
the repository when that version was the newest; of the rows, each version gets the columns that it had. The
fingerprint is computed here, from its description in framework/store/reader.hpp alone.

Version 8 and later were made from the file of version 7, brought up to date by the program, in which run 1 got a
program, a numbers version, its time and a request to stop; from version 12 on it has predictions too, written by hand:
every fifth image is taken for the next class; from version 13 on somebody has looked at the results.
"""
import hashlib
import pathlib
import re
import sqlite3
import struct
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "tests/golden/store"
APPLICATION_ID = 0x41424C54
# The last commit at which each version was the newest.
COMMITS = {1: "7157296^", 2: "2ed9a7e^", 3: "de4ac27^", 4: "c8da84d^", 5: "c8da84d", 6: "00e28ee", 7: "6c49fa3",
           8: "f722559^", 9: "a78769e^", 10: "a78769e", 11: "74a597a^", 12: "74a597a", 13: "e52adfe"}
NAMES = {1: "studies, runs and their metrics", 2: "which runs' data were audited",
         3: "the time of metrics, and the selected weights", 4: "workers, resuming and stop rules",
         5: "every setting of a variant", 6: "tags, notes and what is archived",
         7: "an index of what is archived", 8: "runs that were asked to stop",
         9: "which program and which arithmetic made a run's numbers",
         10: "a queue that is quick at any length, the time that runs took, and digests of what they resume from",
         11: "how many values a pixel has", 12: "the predicted class of every test image",
         13: "who looked at results before all of them were there"}
VIEWS_FROM_CODE = 10  # the program makes the views itself: those of RESULTS.db, which must be of that version
# Fewer rows of what is the same again and again, and the weights of one run.
FEWER = {"class_metric": "split = 'test' AND class < 2", "confusion": "split = 'test' AND truth < 2",
         "class_name": "class < 2", "model": "run_id = 1"}


def git(*words):
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def step_text(version, commit):
    """A step was a string in a file of its own, and is a file of SQL since version 10."""
    files = git("ls-tree", "-r", "--name-only", commit, "framework/store/").split()
    for path in files:
        if path.endswith(f"/schema_{version}.cpp"):
            return re.search(r'R"sql\((.*?)\)sql"', git("show", f"{commit}:{path}"), re.S).group(1)
    path, = [path for path in files if f"/schema/{version:02}_" in path]
    return git("show", f"{commit}:{path}")


def empty_database(version):
    database = sqlite3.connect(":memory:", isolation_level=None)
    for step in range(1, version + 1):
        database.executescript("BEGIN;" + step_text(step, COMMITS[version]) + "COMMIT;")
        database.execute("INSERT INTO migration VALUES (?, ?, '2026-01-01T00:00:00Z')", (step, NAMES[step]))
    return database


def copy_views(source, target):
    for name, text in source.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'view'"):
        target.execute(f"DROP VIEW IF EXISTS {name}")
        target.execute(text)


def columns(database, table):
    return [row[1] for row in database.execute(f"PRAGMA table_info({table})")]


def copy_rows(source, target):
    target.execute("PRAGMA foreign_keys = OFF")
    for (table,) in target.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        if table == "migration":
            continue
        both = [name for name in columns(target, table) if name in columns(source, table)]
        if not both:  # a table that the source, made by an older program, lacks
            continue
        for row in source.execute(f"SELECT {', '.join(both)} FROM {table} WHERE {FEWER.get(table, 'true')}"):
            places = ", ".join("?" * len(both))
            target.execute(f"INSERT INTO {table}({', '.join(both)}) VALUES ({places})", row)
    assert not target.execute("PRAGMA foreign_key_check").fetchall()


def fingerprint(database):
    metrics = columns(database, "epoch_metric")[3:]
    digest = hashlib.sha256()
    for row in database.execute(
            f"SELECT v.name, r.seed, m.epoch, m.split, {', '.join('m.' + name for name in metrics)} "
            "FROM epoch_metric m JOIN run r ON r.id = m.run_id JOIN variant v ON v.id = r.variant_id ORDER BY 1, 2, 3, 4"):
        digest.update("{}\n{} {} {}".format(*row[:4]).encode())
        for value in row[4:]:
            digest.update(b" nan" if value is None else b" %016x" % struct.unpack(">Q", struct.pack(">d", value)))
        digest.update(b"\n")
    return digest.hexdigest()


def main():
    source = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
    OUT.mkdir(parents=True, exist_ok=True)
    for version in [int(word) for word in sys.argv[2:]] or COMMITS:
        target = empty_database(version)
        copy_rows(source, target)
        if version >= VIEWS_FROM_CODE:
            copy_views(source, target)
        lines = [line for line in target.iterdump()]
        head = [f"PRAGMA application_id = {APPLICATION_ID};", f"PRAGMA user_version = {version};"]
        (OUT / f"schema_{version}.sql").write_text("\n".join(head + lines) + "\n")
        last = fingerprint(target)
    (OUT / "fingerprint.txt").write_text(last + "\n")


main()
