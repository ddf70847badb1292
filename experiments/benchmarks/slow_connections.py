#!/usr/bin/env python3
"""Thousands of connections that never finish their request, against a running `ablate serve`, while one client asks.

    slow_connections.py PORT [CONNECTIONS]      default: 10,000

Says how long the honest client waited at most, and exits with 1 where it was left without an answer.
"""
import http.client
import resource
import socket
import sys
import time

port, wanted = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
most_held = min(wanted, hard - 100)
held, waits, failed = [], [], 0


def ask():
    began = time.monotonic()
    for _ in range(5):  # as a browser does, whose page asks again
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request("GET", "/api/changes?since=")
            connection.getresponse().read()
            return time.monotonic() - began
        except OSError:
            pass
        except http.client.HTTPException:
            pass
    return None


for i in range(wanted):
    try:
        one = socket.create_connection(("127.0.0.1", port), timeout=20)
        one.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
        held.append(one)
    except OSError:
        failed += 1
    if len(held) > most_held:
        held.pop(0).close()
    if i % 500 == 499:
        waited = ask()
        if waited is None:
            sys.exit(f"after {i + 1} slow connections the page gave no answer")
        waits.append(waited)
print(f"{wanted} slow connections, {failed} refused; {len(waits)} honest requests answered, the slowest in {max(waits) * 1000:.0f} ms")
