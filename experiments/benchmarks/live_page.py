#!/usr/bin/env python3
"""What the live page costs: `ablate serve`, asked as a browser asks, and a real one.

    live_page.py PROGRAM RESULTS.db    its first answers, ticks with and without news, memory, the first paint in Chromium
    live_page.py PROGRAM --sweep STUDY.yaml [TURNS]    epochs a second of a sweep without a page, with one open elsewhere, and with one in a
                                                       Chromium on this machine, in turns

Processor time is of all threads of the server, by the kernel's own account. News are made by `ablate note` on a study, a commit of one
row: give it a copy of a file that matters. A page elsewhere is asked as the browser asks: a tick a second, an answer where one is new.
"""
import http.client
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from chromium import Chromium

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


folder = tempfile.TemporaryDirectory()
server, connection = None, None


def serve():
    global server, connection
    server = subprocess.Popen([program, "serve", "--db", database, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    address = server.stdout.readline().strip()
    connection = connection_to(address)
    return address


def connection_to(address):
    return http.client.HTTPConnection("127.0.0.1", int(re.search(r":(\d+)/", address).group(1)), timeout=60)


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


def first_paint(address):
    paints, rows = [], []
    for _ in range(5):
        browser = Chromium()
        browser.open(address)
        rows.append(browser.milliseconds_until("document.querySelectorAll('#study-list tbody tr').length > 0"))
        paints.append(browser.first_paint())
        browser.close()
    line("first paint in Chromium, median and most of 5", f"{sorted(paints)[2]:8.0f} ms, {max(paints):.0f} ms")
    line("the rows of the studies, median and most of 5", f"{sorted(rows)[2]:8.0f} ms, {max(rows):.0f} ms")


def measure_file():
    address = serve()
    first_paint(address)
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


class Page:
    """The page beside a sweep; asked as a browser asks, which is a tick a second and an answer where one is new."""

    def __init__(self, address, process):
        self.address, self.process, self.cursor, self.answer = address, process, "", ""

    def get(self, target):
        one = connection_to(self.address)
        one.request("GET", target)
        got = one.getresponse()
        return json.loads(got.read()) if got.status == 200 else {}

    def ask(self, seconds):
        for _ in range(round(seconds)):
            told = self.get(f"/api/changes?since={self.cursor}&study=1")
            self.cursor = told.get("cursor", self.cursor)
            if told.get("study", {}).get("answer", self.answer) != self.answer:
                self.answer = self.get("/api/study?id=1")["answer"]
            time.sleep(1)


def epochs_of(sweep, moments):
    for line_of_json in sweep.stdout:
        if '"epoch_ended"' in line_of_json:
            moments.append(time.monotonic())


def of_workers(sweep, page):
    """Processor time of the sweep's own processes; of those that have ended by now it is gone, so take differences over short times."""
    with open(f"/proc/{sweep.pid}/task/{sweep.pid}/children") as file:
        return {pid: milliseconds_of_processor(pid) for pid in [sweep.pid, *map(int, file.read().split())] if pid != page.process}


def measure_sweep(turns):
    """One long sweep. In turns of three seconds its page is asked by nobody, by a browser elsewhere, or by one on this machine, whose tab is hidden otherwise."""
    words = [program, "run", sys.argv[3], "--db", f"{folder.name}/a.db", "--out", f"{folder.name}/report", "--json", "--serve", "--set", "seeds=1000"]
    sweep = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    address = sweep.stderr.readline().strip().split()[-1]
    with open(f"/proc/{sweep.pid}/task/{sweep.pid}/children") as file:
        page = Page(address, int(file.read().split()[0]))
    moments, browser, ways, slice_seconds = [], Chromium(), ["alone", "page elsewhere", "in Chromium here"], 3
    threading.Thread(target=epochs_of, args=(sweep, moments), daemon=True).start()
    is_hidden = "Object.defineProperty(document, 'hidden', {configurable: true, value: true}); 0"
    is_seen = "delete document.hidden; document.dispatchEvent(new Event('visibilitychange')); 0"
    browser.open(address + "#view=study&id=1")
    browser.milliseconds_until("document.querySelectorAll('#curves-legend li').length > 0")
    browser.value(is_hidden)
    epochs, used, costs = {how: [] for how in ways}, {how: 0.0 for how in ways}, {how: [] for how in ways}
    for turn in range(turns):
        for how in random.sample(ways, 3):
            if how == "in Chromium here":
                browser.value(is_seen)
                time.sleep(0.3)
            began, before, of_page, of_sweep = time.monotonic(), len(moments), milliseconds_of_processor(page.process), of_workers(sweep, page)
            page.ask(slice_seconds) if how == "page elsewhere" else time.sleep(slice_seconds)
            seconds = time.monotonic() - began
            done, now = len(moments) - before, of_workers(sweep, page)
            epochs[how].append(done / seconds)
            costs[how].append(sum(now[pid] - of_sweep.get(pid, 0) for pid in now) / done)
            used[how] += (milliseconds_of_processor(page.process) - of_page) / 1000 / (slice_seconds * turns)
            if how == "in Chromium here":
                browser.value(is_hidden)
    browser.close()
    sweep.send_signal(signal.SIGINT)
    sweep.wait()
    for how in ways:
        ratios = [100 * (one / alone - 1) for one, alone in zip(epochs[how], epochs["alone"])]
        error = statistics.stdev(ratios) / len(ratios) ** 0.5
        line(f"{how}, {turns} turns of {slice_seconds} s", f"{statistics.mean(epochs[how]):7.2f} epochs a second, {statistics.mean(ratios):+.2f}% (standard error {error:.2f}); "
             f"{statistics.median(costs[how]):.2f} ms of a processor an epoch; the server took {100 * used[how] / os.cpu_count():.2f}% of the machine")


try:
    measure_sweep(int(sys.argv[4]) if len(sys.argv) > 4 else 8) if database == "--sweep" else measure_file()
finally:
    if server:
        server.terminate()
        server.wait()
