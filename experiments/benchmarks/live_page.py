#!/usr/bin/env python3
"""What the live page costs: `ablate serve`, asked as a browser asks, and a real one.

    live_page.py PROGRAM RESULTS.db    its first answers, ticks with and without news, memory, the first paint in Chromium
    live_page.py PROGRAM --sweep [TURNS [here]]    what a page takes of a sweep's throughput: one elsewhere, and one in a Chromium "here"

Processor time is of all threads of the server, by the kernel's own account. News are made by `ablate note` on a study, a commit of one
row: give it a copy of a file that matters. A page elsewhere is asked as the browser asks: a tick a second, an answer where one is new.

The sweep is one variant's, so that every epoch is the same work. In each turn its page is open in no way, and in each of the others, for a
few seconds, in an order drawn anew. What is compared is the processor time that workers take for an epoch, which grows where the page keeps them
from their caches and their file; what the server takes of the machine comes on top. Where every processor is busy, as in a sweep, throughput
is the inverse, and it feels little of what else the machine does. Of an epoch at a block's border the share
that lies within counts, by the workers' time stamps. By the clock, a turn differs from the next
by several percent on a quiet machine, and a difference below 1% is lost in that; its ratio is told beside it, for what waiting would cost
without any processor time. Intervals are 1.96 standard errors of the turns' ratios.
"""
import http.client
import json
import math
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
    """The page beside a sweep; asked as a browser asks: over one connection, a tick a second, an answer where one is new and may be had."""

    def __init__(self, address, process):
        self.connection, self.process = connection_to(address), process
        self.address, self.cursor, self.answer, self.known, self.rests = address, "", "", "", 0.0

    def get(self, target):
        self.connection.request("GET", target)
        got = self.connection.getresponse()
        body = got.read()
        return json.loads(body) if got.status == 200 else {}

    def tick(self):
        told = self.get(f"/api/changes?since={self.cursor}&study=1&known={self.known}")
        self.cursor = told.get("cursor", self.cursor)
        if "study" not in told:
            return
        self.known = ",".join(f"{run['attempt']}:{run['points'][-1][0]}" for run in told["study"]["running"] if run.get("points"))
        if told["study"]["answer"] != self.answer and time.monotonic() >= self.rests:
            answer = self.get("/api/study?id=1")
            self.answer, self.rests = answer["answer"], time.monotonic() + answer.get("rests", 0.0)

    def ask(self, until):
        while time.monotonic() < until:
            self.tick()
            time.sleep(max(0.0, min(1.0, until - time.monotonic())))


def epochs_of(sweep, ends):
    """When each worker ended its epochs, as long as the sweep lasts."""
    for line_of_json in sweep.stdout:
        event = json.loads(line_of_json)
        if event["event"] == "epoch_ended":
            ends.setdefault(event["worker"], []).append(time.monotonic())


def epochs_within(ends, began, ended):
    """Epochs between two moments; of those at the borders the share that lies between."""
    done = 0.0
    for moments in ends.values():
        for first, last in zip(moments, moments[1:]):
            done += max(0.0, min(last, ended) - max(first, began)) / (last - first)
    return done


study = """study: throughput
data: {source: glyphs}
model: {hidden: [128]}
training: {epochs: 10, batch_size: 16, learning_rate: {schedule: step, initial: 0.01, factor: 0.5, every: 4}}
variants: {list: {one: {}}}
seeds: 2000
"""


def start_sweep():
    """A sweep that does not end by itself, and its page."""
    with open(f"{folder.name}/study.yaml", "w") as file:
        file.write(study)
    words = [program, "run", f"{folder.name}/study.yaml", "--db", f"{folder.name}/a.db", "--out", f"{folder.name}/report", "--json", "--serve"]
    sweep = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    address = sweep.stderr.readline().strip().split()[-1]
    with open(f"/proc/{sweep.pid}/task/{sweep.pid}/children") as file:
        return sweep, Page(address, int(file.read().split()[0]))


def used_by(sweep, page):
    """Milliseconds of the sweep and its workers, which live as long as it does, and of the page's server."""
    with open(f"/proc/{sweep.pid}/task/{sweep.pid}/children") as file:
        return sum(milliseconds_of_processor(int(pid)) for pid in [sweep.pid, *file.read().split()]), milliseconds_of_processor(page.process)


def in_percent(ratios):
    """Mean of logarithms of ratios, and its interval."""
    mean, half = statistics.mean(ratios), 1.96 * statistics.stdev(ratios) / len(ratios) ** 0.5
    return "{:+.2f}% ({:+.2f} to {:+.2f})".format(*(100 * math.expm1(one) for one in (mean, mean - half, mean + half)))


def measure_sweep(turns):
    sweep, page = start_sweep()
    ends, browser, ways, seconds_of_block = {}, None, ["alone", "page elsewhere"], 2.0
    threading.Thread(target=epochs_of, args=(sweep, ends), daemon=True).start()
    is_hidden = "Object.defineProperty(document, 'hidden', {configurable: true, value: true}); 0"
    is_seen = "delete document.hidden; document.dispatchEvent(new Event('visibilitychange')); 0"
    if "here" in sys.argv:
        browser = Chromium()
        browser.open(page.address + "#view=study&id=1")
        browser.milliseconds_until("document.querySelectorAll('#curves-legend li').length > 0")
        browser.value(is_hidden)
        ways.append("in Chromium here")
    else:
        time.sleep(3)  # until both workers are well under way
    blocks = {how: [] for how in ways}
    for _ in range(turns):
        for how in random.sample(ways, len(ways)):
            if how == "in Chromium here":
                browser.value(is_seen)
                time.sleep(0.3)
            began, before = time.monotonic(), used_by(sweep, page)
            page.ask(began + seconds_of_block) if how == "page elsewhere" else time.sleep(seconds_of_block)
            ended, after = time.monotonic(), used_by(sweep, page)
            blocks[how].append((began, ended, after[0] - before[0], after[1] - before[1]))
            if how == "in Chromium here":
                browser.value(is_hidden)
    time.sleep(1)  # the last block's last epochs end
    if browser:
        browser.close()
    sweep.send_signal(signal.SIGINT)
    sweep.wait()
    cost = {how: [used / epochs_within(ends, began, ended) for began, ended, used, _ in blocks[how]] for how in ways}
    speed = {how: [epochs_within(ends, began, ended) / (ended - began) for began, ended, _, _ in blocks[how]] for how in ways}
    served = {how: [of_page / (1000 * (ended - began) * os.cpu_count()) for began, ended, _, of_page in blocks[how]] for how in ways}
    for how in ways:
        line(f"{how}, {turns} turns of {seconds_of_block} s", f"{statistics.mean(speed[how]):7.2f} epochs a second, {statistics.mean(cost[how]):.2f} ms of a processor an epoch, "
             f"{100 * statistics.mean(served[how]):.2f}% of the machine for the server")
    for how in ways[1:]:
        extra = [more - less for more, less in zip(served[how], served["alone"])]
        line(f"{how}: throughput lost, by processor time", in_percent([math.log(one / alone) + share for one, alone, share in zip(cost[how], cost["alone"], extra)]))
        line(f"{how}: throughput lost, by the clock", in_percent([math.log(alone / one) for one, alone in zip(speed[how], speed["alone"])]))


try:
    measure_sweep(int(sys.argv[3]) if len(sys.argv) > 3 else 66) if database == "--sweep" else measure_file()
finally:
    if server:
        server.terminate()
        server.wait()
