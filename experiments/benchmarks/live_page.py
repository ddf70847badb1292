#!/usr/bin/env python3
"""What the live page costs on a results file: `ablate serve` beside it, asked as a browser asks.

    live_page.py PROGRAM RESULTS.db        the first answers, ticks with and without news, memory
    live_page.py PROGRAM --sweep STUDY.yaml    a sweep with a page open on it: the server's share of the processor time

Processor time is of all threads of the server, by the kernel's own account. News are made by `ablate note` on a study, a commit of one
row: give it a copy of a file that matters. In a sweep the page is asked as the browser asks: a tick a second, an answer where one is new.
"""
import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import time

program, database = sys.argv[1], sys.argv[2]


def milliseconds_of_processor(pid):
    """All threads of a process, to a microsecond."""
    total = 0
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/schedstat") as file:
            total += int(file.read().split()[0])
    return total / 1e6


def megabytes(pid, field):
    with open(f"/proc/{pid}/status") as file:
        return int(re.search(rf"{field}:\s+(\d+)", file.read()).group(1)) / 1024


sweep_file = sys.argv[3] if database == "--sweep" else None
folder = tempfile.TemporaryDirectory()
if sweep_file:
    database = os.path.join(folder.name, "sweep.db")
    subprocess.run([program, "run", sweep_file, "--db", database, "--out", folder.name + "/none", "--set", "study=empty", "--set", "seeds=1", "-q"],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
server = subprocess.Popen([program, "serve", "--db", database, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
address = server.stdout.readline().strip()
port = int(re.search(r":(\d+)/", address).group(1))
connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)


def get(target):
    began, before = time.monotonic(), milliseconds_of_processor(server.pid)
    connection.request("GET", target)
    answer = connection.getresponse()
    body = answer.read()
    return answer.status, body, (time.monotonic() - began) * 1000, milliseconds_of_processor(server.pid) - before


def line(what, *values):
    print(f"{what:<58}" + "  ".join(values), flush=True)


def of(times):
    return f"{times[2]:8.1f} ms, of the processor {times[3]:8.2f} ms, {len(times[1]) / 1024:9.1f} KB"

def files_of_the_page():
    began = time.monotonic()
    for file in ["/", "/page.js", "/chart.js", "/live.js", "/study.js", "/words.js", "/start.js", "/report.css", "/live.css"]:
        get(file)
    line("the page's files", f"{(time.monotonic() - began) * 1000:8.1f} ms")


def measure_file():
    files_of_the_page()
    studies = get("/api/studies")
    line("studies, the first time", of(studies))
    line("studies, again", of(get("/api/studies")))
    study = json.loads(studies[1])["studies"][0]
    line("a study's answer, the first time", of(get(f"/api/study?id={study['id']}")))
    line("a study's answer, again", of(get(f"/api/study?id={study['id']}")))
    cursor = json.loads(get(f"/api/changes?since=&study={study['id']}")[1])["cursor"]
    unchanged = [get(f"/api/changes?since={cursor}&study={study['id']}") for _ in range(200)]
    assert all(one[0] == 304 for one in unchanged)
    line("a tick without news, mean of 200, of the processor", f"{sum(one[3] for one in unchanged) / 200:8.3f} ms")
    news = []
    for i in range(10):
        subprocess.run([program, "note", study["name"], f"news {i}", "--db", database], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        told = get(f"/api/changes?since={cursor}&study={study['id']}")
        cursor = json.loads(told[1])["cursor"]
        news.append(told)
    line("a tick with news of a study, the most of 10, of the processor", f"{max(one[3] for one in news):8.2f} ms")
    line("runs by a condition", of(get("/api/runs?where=skip%20%3D%20projection%20and%20test.accuracy%20%3E%200.8&sort=test.accuracy")))
    line("memory of the server", f"{megabytes(server.pid, 'VmRSS'):8.1f} MB, at most {megabytes(server.pid, 'VmHWM'):.1f} MB")


def children_seconds():
    return os.times().children_user + os.times().children_system


def measure_sweep():
    earlier = children_seconds()
    sweep = subprocess.Popen([program, "run", sweep_file, "--db", database, "--out", folder.name + "/report", "-q"],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    cursor, answer, study, began, before, ticks_asked = "", "", None, time.monotonic(), milliseconds_of_processor(server.pid), 0
    while sweep.poll() is None:
        time.sleep(1)
        news = get(f"/api/changes?since={cursor}" + (f"&study={study}" if study else ""))
        ticks_asked += 1
        if news[0] == 304:
            continue
        told = json.loads(news[1])
        cursor = told["cursor"]
        if study is None:
            study = max(one["id"] for one in json.loads(get("/api/studies")[1])["studies"])
        elif told["study"]["answer"] != answer:
            answer = json.loads(get(f"/api/study?id={study}")[1])["answer"]
    seconds = time.monotonic() - began
    used = (milliseconds_of_processor(server.pid) - before) / 1000
    trained = children_seconds() - earlier
    line("a sweep of", f"{seconds:.0f} s, {ticks_asked} ticks, processor time of the sweep {trained:.1f} s")
    line("processor time of the server", f"{used:.3f} s: {100 * used / trained:.2f}% of the sweep's, {100 * used / seconds / os.cpu_count():.2f}% of the machine's")


try:
    measure_sweep() if sweep_file else measure_file()
finally:
    server.terminate()
    server.wait()
