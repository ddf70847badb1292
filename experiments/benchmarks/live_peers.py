#!/usr/bin/env python3
"""What a browser and a server take to show the same runs: `ablate serve`, MLflow's UI and TensorBoard, one after the other.

    live_peers.py PROGRAM RESULTS.db [--bin DIR] [--kept DIR]

ablate shows the whole file. Its first study is written for the others by `ablate export mlflow` (and brought into SQLite by `mlflow
migrate-filestore`, as MLflow asks) and `tensorboard`; programs that are not in DIR (a virtual environment: pip install mlflow tensorboard)
are left out. Each server is started, asked until it answers, and opened in a fresh headless Chromium: milliseconds to the first paint
and to the first row or chart, on the page's own clock; then some time with the page open. Memory is the resident sets of all processes
of the server, processor time is that of all of them.
"""
import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

from chromium import Chromium

ready_words = {
    "ablate": "document.querySelectorAll('#study-list tbody tr').length > 0",
    "MLflow": "/[1-9][0-9,]* matching runs/.test(document.body.innerText)",
    "TensorBoard": "document.querySelectorAll('card-view, mat-row, runs-data-table').length > 0 && document.querySelectorAll('scalar-card').length > 0",
}


def family(pid):
    """A process and all below it."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as file:
            children = [int(one) for one in file.read().split()]
    except FileNotFoundError:
        return []
    return [pid] + [one for child in children for one in family(child)]


def processor_seconds(pids):
    total = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/stat") as file:
                fields = file.read().rsplit(")", 1)[1].split()
            total += sum(int(fields[place]) for place in (11, 12, 13, 14))
        except FileNotFoundError:
            pass
    return total / os.sysconf("SC_CLK_TCK")


def megabytes(pids):
    total = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/status") as file:
                total += sum(int(line.split()[1]) for line in file if line.startswith("VmRSS"))
        except FileNotFoundError:
            pass
    return total / 1024


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def show(name, words, address, port, seconds_open):
    began = time.monotonic()
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60).read()
                break
            except OSError:
                if server.poll() is not None or time.monotonic() - began > 300:
                    print(f"{name}: does not start: {' '.join(words)}")
                    return
                time.sleep(0.05)
        started = time.monotonic() - began
        browser = Chromium()
        browser.open(address)
        ready = browser.milliseconds_until(ready_words[name])
        paint = browser.first_paint()
        settled = processor_seconds(family(server.pid))
        if seconds_open:
            time.sleep(seconds_open)
        idle = processor_seconds(family(server.pid)) - settled
        text = lambda value: f"{value:8.0f} ms" if value is not None else "   never"
        print(f"{name:<12} answers after {started:5.1f} s; first paint {text(paint)}, first row or chart {text(ready)}; {megabytes(family(server.pid)):7.0f} MB; "
              f"processor {settled:6.2f} s to there, {idle:5.2f} s in {seconds_open} s with the page open", flush=True)
        browser.close()
    finally:
        if server.poll() is None:
            os.killpg(server.pid, 15)
            server.wait()


def exported(program, database, study, kind, folder):
    """Once: the folder may be kept."""
    if not os.path.exists(folder):
        subprocess.run([program, "export", kind, study, "--out", folder, "--db", database], check=True, stdout=subprocess.DEVNULL)
    return folder


def main():
    words = argparse.ArgumentParser()
    words.add_argument("program")
    words.add_argument("database")
    words.add_argument("--bin", default="")
    words.add_argument("--open", type=int, default=60, help="seconds with the page open")
    words.add_argument("--kept", help="a folder for what is exported, used again where it is there")
    given = words.parse_args()
    program, port = os.path.abspath(given.program), free_port()
    show("ablate", [program, "serve", "--db", given.database, "--port", str(port)], f"http://127.0.0.1:{port}/", port, given.open)
    with tempfile.TemporaryDirectory() as folder:
        kept = os.path.abspath(given.kept or folder)
        os.makedirs(kept, exist_ok=True)
        study = subprocess.run([program, "query", "SELECT name FROM study ORDER BY id LIMIT 1", "--format", "csv", "--db", given.database],
                               check=True, capture_output=True, text=True).stdout.split("\n")[1].strip('\r"')
        mlflow, tensorboard = f"{given.bin}/mlflow", f"{given.bin}/tensorboard"
        if os.path.exists(mlflow):
            files = exported(program, given.database, study, "mlflow", f"{kept}/mlflow")
            experiment = next(one for one in os.listdir(files) if one.isdigit() and one != "0")
            if not os.path.exists(f"{kept}/mlflow.db"):
                subprocess.run([mlflow, "migrate-filestore", "--source", files, "--target", f"sqlite:///{kept}/mlflow.db"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            port = free_port()
            show("MLflow", [mlflow, "server", "--backend-store-uri", f"sqlite:///{kept}/mlflow.db", "--port", str(port)],
                 f"http://127.0.0.1:{port}/#/experiments/{experiment}/runs", port, given.open)
        if os.path.exists(tensorboard):
            files, port = exported(program, given.database, study, "tensorboard", f"{kept}/tensorboard"), free_port()
            show("TensorBoard", [tensorboard, "--logdir", files, "--port", str(port)], f"http://127.0.0.1:{port}/#timeseries", port, given.open)


if __name__ == "__main__":
    sys.exit(main())
