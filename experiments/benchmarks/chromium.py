"""A headless Chromium that a script drives through pipes (the Chrome DevTools Protocol); Python's own library is enough."""
import fcntl
import json
import os
import subprocess
import tempfile
import time


def high_pipe():
    """Of numbers above 3 and 4, which are to be Chromium's."""
    low = os.pipe()
    high = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in low]
    for end in low:
        os.close(end)
    return high


class Chromium:
    def __init__(self, width=1280, height=900):
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        its_input, self.to = high_pipe()
        self.out, its_output = high_pipe()
        words = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", f"--window-size={width},{height}",
                 f"--user-data-dir={self.profile.name}", "about:blank"]
        self.process = subprocess.Popen(["bash", "-c", f'exec "$@" 3<&{its_input} 4>&{its_output}', "bash", *words], pass_fds=(its_input, its_output),
                                        stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        os.close(its_input)
        os.close(its_output)
        self.last, self.session, self.rest = 0, None, b""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable")

    def call(self, method, **parameters):
        self.last += 1
        message = {"id": self.last, "method": method, "params": parameters, **({"sessionId": self.session} if self.session else {})}
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while True:
            while b"\0" not in self.rest:
                got = os.read(self.out, 1 << 20)
                if not got:
                    raise RuntimeError("Chromium has ended")
                self.rest += got
            text, self.rest = self.rest.split(b"\0", 1)
            answer = json.loads(text)
            if answer.get("id") == self.last:
                if "error" in answer:
                    raise RuntimeError(answer["error"])
                return answer["result"]

    def value(self, expression):
        """Of an expression in the page, awaited; None where it throws."""
        return self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)["result"].get("value")

    def open(self, address):
        self.call("Page.navigate", url=address)

    def milliseconds_until(self, expression, seconds=120):
        """On the page's own clock, which begins with its navigation; None: it did not come true."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.value(expression):
                return self.value("performance.now()")
            time.sleep(0.02)
        return None

    def first_paint(self):
        """Milliseconds to the first text or picture."""
        return self.value("performance.getEntriesByName('first-contentful-paint')[0]?.startTime")

    def close(self):
        os.close(self.to)
        os.close(self.out)
        self.process.terminate()
        self.process.wait()
        self.profile.cleanup()
