#!/usr/bin/env python3
"""Training steps of the seed notebook's network (README.md beside this file) in other people's libraries.

    peers.py FOLDER [--ablate TRAINING_BENCHMARK] [--seconds 2] [--threads 1 2] [--batches 16 128]

FOLDER holds emnist-47-train-*. Every step takes the next images as bytes, makes them floats, and does all that training does:
forward, loss, backward, update. Prints a Markdown row a library, precision, batch size and number of threads: the best window's
samples a second. A window is 50 steps or 50 ms, whichever is longer; of one thread its processor time counts, so that other
programs on the machine do not; of two the time of the clock. --ablate names training_benchmark, whose rows of the same network
then follow; one run of ablate has one thread.
"""

import argparse
import gzip
import os
import pathlib
import platform
import subprocess
import sys
import time

CLASSES, HIDDEN, RATE = 47, 256, 0.01


def read_idx(folder, name):
    path = next(p for p in (folder / name, folder / (name + ".gz")) if p.exists())
    data = (gzip.open if path.suffix == ".gz" else open)(path, "rb").read()
    return data, 4 + 4 * data[3]


def read_images(folder):
    import numpy as np

    pixels, at = read_idx(folder, "emnist-47-train-images-idx3-ubyte")
    pixels = bytearray(pixels)  # PyTorch wants arrays that may be written to
    labels, labels_at = read_idx(folder, "emnist-47-train-labels-idx1-ubyte")
    labels = np.frombuffer(bytearray(labels), np.uint8, offset=labels_at)
    return np.frombuffer(pixels, np.uint8, offset=at).reshape(len(labels), -1), labels


def notebook(dtype):
    """a = relu(x W1 + b1) + x Wskip; softmax(a W2 + b2); the biases stay 0, as in the notebook."""
    import numpy as np

    random = np.random.default_rng(0)

    def weights(*shape):
        return random.normal(0, 0.01, shape).astype(dtype)

    inputs = 784
    w1, skip, w2 = weights(inputs, HIDDEN), weights(inputs, HIDDEN), weights(HIDDEN, CLASSES)
    b1, b2 = np.zeros(HIDDEN, dtype), np.zeros(CLASSES, dtype)
    gradients = {id(w): np.empty_like(w) for w in (w1, skip, w2)}  # a new array each step would cost more than its sums

    def descend(w, inputs, deltas, scale):
        gradient = np.matmul(inputs.T, deltas, out=gradients[id(w)])
        gradient *= scale
        w -= gradient

    def step(pixels, labels):
        x = pixels.astype(dtype) / dtype(255)
        z = x @ w1 + b1
        a = np.maximum(z, 0) + x @ skip
        logits = a @ w2 + b2
        p = np.exp(logits - logits.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        loss = -np.log(p[np.arange(len(labels)), labels] + dtype(1e-9)).mean()
        p[np.arange(len(labels)), labels] -= 1
        scale = dtype(RATE / len(labels))
        back = p @ w2.T
        descend(w2, a, p, scale)
        descend(skip, x, back, scale)
        descend(w1, x, back * (z > 0), scale)
        return loss

    return step


def scikit_learn():
    """Without the skip, which MLPClassifier does not have: half of the first layer's work."""
    import numpy as np
    from sklearn.neural_network import MLPClassifier

    network = MLPClassifier((HIDDEN,), solver="sgd", momentum=0.0, alpha=0.0, learning_rate_init=RATE, batch_size=10**6)
    classes = np.arange(CLASSES)

    def step(pixels, labels):
        network.set_params(batch_size=len(labels))
        network.partial_fit(pixels.astype(np.float32) / np.float32(255), labels, classes=classes)

    return step


def pytorch():
    import torch

    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.first = torch.nn.Linear(784, HIDDEN)
            self.skip = torch.nn.Linear(784, HIDDEN, bias=False)
            self.last = torch.nn.Linear(HIDDEN, CLASSES)

        def forward(self, x):
            return self.last(torch.relu(self.first(x)) + self.skip(x))

    net = Net()
    optimiser = torch.optim.SGD(net.parameters(), lr=RATE)
    loss_of = torch.nn.CrossEntropyLoss()

    def step(pixels, labels):
        x = torch.from_numpy(pixels).float() / 255
        optimiser.zero_grad(set_to_none=True)
        loss = loss_of(net(x), torch.from_numpy(labels).long())
        loss.backward()
        optimiser.step()

    return step


def peers():
    import numpy as np

    return {
        "NumPy, double (the notebook's)": lambda: notebook(np.float64),
        "NumPy, single": lambda: notebook(np.float32),
        "scikit-learn, without the skip": scikit_learn,
        "PyTorch": pytorch,
    }


def samples_per_second(step, pixels, labels, batch, seconds, clock):
    import numpy as np

    order = np.random.default_rng(1).permutation(len(labels))
    first, best, end = 0, 0.0, time.monotonic() + seconds
    while best == 0.0 or time.monotonic() < end:
        count, begun = 0, clock()
        while count < 50 or clock() - begun < 0.05:
            if first + batch > len(order):
                first = 0
            which = order[first : first + batch]
            step(pixels[which], labels[which])
            first += batch
            count += 1
        best = max(best, count * batch / (clock() - begun))
    return best


def measure(name, batch, threads, folder, seconds):
    """In a process of its own: libraries take their number of threads at their start."""
    pixels, labels = read_images(folder)
    if name == "PyTorch":
        import torch

        torch.set_num_threads(threads)
    step = peers()[name]()
    for first in range(0, 20 * batch, batch):
        step(pixels[first : first + batch], labels[first : first + batch])
    clock = time.thread_time if threads == 1 else time.perf_counter
    print(f"| {name} | {batch} | {threads} | {samples_per_second(step, pixels, labels, batch, seconds, clock):,.0f} |")


def measure_ablate(benchmark, folder, batches):
    """The benchmark's first table has a row a batch size: thousands of images a second under each column's name."""
    said = subprocess.run([benchmark, "--data", folder, "batches"], capture_output=True, text=True, check=True).stdout
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in said.splitlines() if line.startswith("|")]
    for kernels in ("avx2", "avx512"):
        if kernels not in rows[0]:
            continue
        for batch in batches:
            rate = next(row for row in rows if row[0] == f"batch {batch}")[rows[0].index(kernels)]
            print(f"| ablate, {kernels} | {batch} | 1 | {1000 * float(rate):,.0f} |", flush=True)


def versions():
    found = [f"Python {platform.python_version()}"]
    for package in ("numpy", "sklearn", "torch"):
        try:
            found.append(f"{package} {__import__(package).__version__}")
        except ImportError:
            found.append(f"{package} is not installed")
    try:
        from threadpoolctl import threadpool_info

        libraries = {(each["internal_api"], each["version"], each.get("architecture")) for each in threadpool_info()}
        found += [f"{api} {version} for {processor}" for api, version, processor in sorted(libraries, key=str) if processor]
    except ImportError:
        found.append("threadpoolctl, which tells the kernels that they choose, is not installed")
    return ", ".join(found)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--ablate", type=pathlib.Path, metavar="TRAINING_BENCHMARK")
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--batches", type=int, nargs="+", default=[16, 128])
    parser.add_argument("--only", nargs=3, metavar=("NAME", "BATCH", "THREADS"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    for forced in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):  # each library chooses the kernels that it thinks best
        os.environ.pop(forced, None)
    if given.only:
        measure(given.only[0], int(given.only[1]), int(given.only[2]), given.folder, given.seconds)
        return
    print(versions(), "\n\n| library | batch | threads | samples/s |\n|---|---:|---:|---:|", sep="", flush=True)
    for name in peers():
        for batch in given.batches:
            for threads in given.threads:
                names = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
                environment = os.environ | {variable: str(threads) for variable in names}
                subprocess.run([sys.executable, __file__, given.folder, "--seconds", str(given.seconds), "--only", name,
                                str(batch), str(threads)], env=environment, check=False)
    if given.ablate:
        measure_ablate(given.ablate.resolve(), given.folder, given.batches)


if __name__ == "__main__":
    main()
