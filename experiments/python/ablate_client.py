"""What a Python script needs to be a trainer of ablate: one file, no dependencies. Copy it beside your script.

    import ablate_client as ablate

    lr = ablate.settings().get("lr", 0.1)
    for epoch in range(start, epochs + 1):
        ...
        ablate.log(epoch, train_loss=loss, validation_accuracy=accuracy)
        with ablate.checkpoint("last.pt") as path:
            torch.save(state, path)
        if ablate.should_stop():
            break

Outside a sweep `log` prints, settings are empty, and files go to the working folder: the script runs as before.
"""

import contextlib
import json
import os
import signal

_SPLITS = ("train", "validation", "test")
_last_epoch = None
_asked_to_stop = False


def settings():
    """All settings of the run, typed and nested as in the study file; {} outside a sweep."""
    return json.loads(os.environ.get("ABLATE_PARAMS", "{}"))


def seed(default=1):
    """The run's seed."""
    return int(os.environ.get("ABLATE_SEED", default))


def folder():
    """The run's own folder, which is kept over attempts."""
    return os.environ.get("ABLATE_DIR", ".")


def until(default=None):
    """The epoch after which the script should stop; `default` outside a sweep."""
    value = os.environ.get("ABLATE_UNTIL")
    return int(value) if value else default


def _name(key):
    split, _, rest = key.partition("_")
    return f"{split}.{rest}" if split in _SPLITS and rest else key


def log(epoch, metrics=None, **more):
    """Reports a whole epoch: numbers by name, {"test.bleu": 31.2} or test_bleu=31.2. Save the checkpoint after it."""
    global _last_epoch
    line = {"epoch": int(epoch)}
    for name, value in [*(metrics or {}).items(), *((_name(key), value) for key, value in more.items())]:
        line[name] = None if value is None else float(value)
    _last_epoch = int(epoch)
    path = os.environ.get("ABLATE_METRICS")
    if not path:
        print(json.dumps(line))
        return
    with open(path, "a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def saved(name="checkpoint"):
    """Where `checkpoint` left a file of that name; None: it has not."""
    path = os.path.join(folder(), name)
    return path if os.path.exists(path) else None


@contextlib.contextmanager
def checkpoint(name="checkpoint"):
    """Gives a path to write to; the file gets its name when it is whole."""
    path = os.path.join(folder(), name)
    yield path + ".new"
    os.replace(path + ".new", path)


def save_torch(epoch, *parts):
    """Checkpoints what has a state_dict (network, optimizer, schedule), with PyTorch's random numbers."""
    import torch

    with checkpoint("last.pt") as path:
        torch.save([epoch, torch.get_rng_state(), *(part.state_dict() for part in parts)], path)


def resume_torch(*parts):
    """Takes up what `save_torch` left, in the same order; returns the epoch to begin with."""
    import torch

    if not saved("last.pt"):
        return 1
    epoch, random, *states = torch.load(saved("last.pt"))
    torch.set_rng_state(random)
    for part, state in zip(parts, states):
        part.load_state_dict(state)
    return epoch + 1


def _on_stop(*_):
    global _asked_to_stop
    _asked_to_stop = True


def should_stop():
    """True once the epoch that was logged last is the last one for now, or the run was asked to stop. From its first
    call on SIGTERM only sets a flag: call it after every epoch, or not at all."""
    if "ABLATE_METRICS" in os.environ and signal.getsignal(signal.SIGTERM) is not _on_stop:
        signal.signal(signal.SIGTERM, _on_stop)
    last = until()
    return _asked_to_stop or (last is not None and _last_epoch is not None and _last_epoch >= last)
