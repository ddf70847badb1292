"""A small network on EMNIST's files in plain PyTorch, as one might write it without any tracker."""

import argparse
import gzip
import os

import numpy
import torch
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument("--data", default="../../../shared/data/emnist-47")
parser.add_argument("--lr", type=float, default=0.05)
parser.add_argument("--skip", choices=["none", "projection"], default="none")
parser.add_argument("--width", type=int, default=128)
parser.add_argument("--epochs", type=int, default=5)
parser.add_argument("--seed", type=int, default=1)
args = parser.parse_args()


def read(name, head):
    with gzip.open(os.path.join(args.data, f"emnist-47-{name}-ubyte.gz")) as file:
        return numpy.frombuffer(file.read(), numpy.uint8, offset=head)


def load(split):
    images = torch.from_numpy(read(f"{split}-images-idx3", 16).reshape(-1, 784).astype("float32")) / 255
    return images, torch.from_numpy(read(f"{split}-labels-idx1", 8).astype("int64"))


class Net(nn.Module):
    """One hidden layer of rectified units, with a learned linear map around it or without."""

    def __init__(self):
        super().__init__()
        self.hidden, self.out = nn.Linear(784, args.width), nn.Linear(args.width, 47)
        self.around = nn.Linear(784, args.width, bias=False) if args.skip == "projection" else None
        for layer in self.children():
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
        nn.init.zeros_(self.hidden.bias)
        nn.init.zeros_(self.out.bias)

    def forward(self, x):
        h = torch.relu(self.hidden(x))
        return self.out(h if self.around is None else h + self.around(x))


def accuracy(images, labels):
    with torch.no_grad():
        return (net(images).argmax(1) == labels).float().mean().item()


torch.manual_seed(args.seed)
torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", 1)))
train, test = load("train"), load("test")
held = torch.zeros(len(train[1]), dtype=torch.bool)
held[torch.randperm(len(held))[: len(held) // 10]] = True
train, validation = (train[0][~held], train[1][~held]), (train[0][held], train[1][held])
net = Net()
optimizer = torch.optim.SGD(net.parameters(), lr=args.lr)
schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, args.epochs)
for epoch in range(1, args.epochs + 1):
    order = torch.randperm(len(train[1]))
    for batch in order.split(64):
        loss = nn.functional.cross_entropy(net(train[0][batch]), train[1][batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    schedule.step()
    print(f"epoch {epoch}: validation {accuracy(*validation):.4f}, test {accuracy(*test):.4f}", flush=True)
