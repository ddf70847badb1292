#!/usr/bin/env python3
"""Writes tests/golden/metrics.txt: random cases and what scikit-learn says of them.

    python3 tests/support/make_metric_golden.py

A case is a line of parameters; logits and truth follow from them by counter-based splitmix64 (Steele et al. 2014), here
and in tests/metrics/golden_test.cpp alike. Every logit is a small integer times a power of two, plus small integers, so it
is the same float in both languages.

What is fed to what, so that 1e-6 is a fair demand:
- accuracy and its kin: the first class with the largest logit, which no rounding touches;
- log_loss, brier: NumPy's softmax in double, clipped to [1e-15, 1] for log_loss as the design defines it;
- auc_roc, ece: that softmax rounded to float, as the framework defines the scores that it ranks. Double scores would
  split ties that floats make where a network is sure of itself (p within 6e-8 of 1);
- top3_accuracy: scikit-learn puts the higher of two equal classes first, the framework the lower; the columns are
  therefore handed over in reverse;
- precision, recall, f1: labels=all declared classes, zero_division=0;
- specificity: the recall of "not this class", zero_division=0;
- ece and f1_of_means are not in scikit-learn: straight from their definitions, in NumPy;
- one class alone: scikit-learn refuses it for brier, log_loss and top3, whose values are then plain (0, 0, 1).
"""

import pathlib
import warnings

import numpy as np
import sklearn
from sklearn import metrics as sk

warnings.filterwarnings("ignore")

TARGET = pathlib.Path(__file__).parent.parent / "golden" / "metrics.txt"
CASES = 260
SUITE = ("accuracy top3_accuracy precision recall specificity f1 f1_of_means log_loss auc_roc weighted_f1 mcc kappa "
         "brier ece").split()


def splitmix(seed, count):
    """`count` words of the stream `seed`."""
    with np.errstate(over="ignore"):
        z = np.uint64(seed) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def predictions(classes, images, seed, levels, exponent, boost, truth_classes, muted):
    """Logits (images x classes) and truth: see golden_test.cpp, which says the same in C++."""
    words = splitmix(seed, images * (classes + 1)).reshape(images, classes + 1) >> np.uint64(33)
    truth = (words[:, 0] % np.uint64(truth_classes)).astype(int)
    centred = (words[:, 1:] % np.uint64(levels)).astype(np.int64) - levels // 2
    logits = centred.astype(np.float64) * 2.0**exponent
    logits[np.arange(images), truth] += boost
    logits[:, classes - muted:] -= 64
    assert (logits == logits.astype(np.float32)).all()
    return logits, truth


def parameters(case, rng):
    """Kinds of cases in turn; few of them are large."""
    kind = case % 10
    classes = int(rng.integers(1, 61))
    images = int(np.exp(rng.uniform(0, np.log(5000 if case % 4 == 0 else 300))))
    levels, exponent, boost, truth_classes, muted = 4096, -9, int(rng.integers(0, 6)), classes, 0
    if kind == 1: levels, exponent = 5, 0                               # many ties
    if kind == 2: levels, exponent, boost = 1, 0, 0                     # all scores equal
    if kind == 3: levels, exponent, boost = 4096, 4 * (case % 4), 0     # extreme logits, mostly wrong
    if kind == 4: truth_classes = int(rng.integers(1, classes + 1))     # classes absent from the truth
    if kind == 5: muted = int(rng.integers(0, classes + 1))             # classes never predicted
    if kind == 6: boost = 20                                            # sure and right
    if kind == 7: levels, exponent, truth_classes, muted = 3, 1, (classes + 1) // 2, classes // 2
    if kind == 8: classes, truth_classes = 1 + case % 3, 1 + case % 3   # one, two and three classes
    if kind == 9: images = 1 + case % 2                                 # one image, two images
    if case == 0: classes, images = 60, 5000
    return classes, images, 1000 + case, levels, exponent, boost, min(truth_classes, classes), min(muted, classes)


def softmax(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def areas(truth, scores):
    classes = scores.shape[1]
    return [sk.roc_auc_score(truth == c, scores[:, c]) if 0 < (truth == c).sum() < len(truth) else np.nan
            for c in range(classes)]


def calibration_error(truth, predicted, top):
    """Guo et al. 2017: 15 bins, (b/15, (b+1)/15]."""
    bins = np.ceil(top * 15) - 1
    return sum(np.mean(bins == b) * abs(np.mean(top[bins == b]) - np.mean((truth == predicted)[bins == b]))
               for b in np.unique(bins))


def evaluate(logits, truth):
    """The suite by name, and the classes' (precision, recall, f1, specificity, auc_roc, support)."""
    images, classes = logits.shape
    labels = range(classes)
    predicted = logits.argmax(axis=1)
    probabilities = softmax(logits)
    scores = probabilities.astype(np.float32).astype(np.float64)
    precision, recall, f1, support = sk.precision_recall_fscore_support(truth, predicted, labels=labels, zero_division=0)
    specificity = [sk.recall_score(truth != c, predicted != c, zero_division=0) for c in labels]
    area = areas(truth, scores)
    macro = dict(labels=labels, average="macro", zero_division=0)
    p, r = sk.precision_score(truth, predicted, **macro), sk.recall_score(truth, predicted, **macro)
    alone = classes == 1
    suite = dict(
        accuracy=sk.accuracy_score(truth, predicted),
        top3_accuracy=1.0 if classes <= 3 else
        sk.top_k_accuracy_score(classes - 1 - truth, logits[:, ::-1], k=3, labels=labels),
        precision=p, recall=r, specificity=np.mean(specificity), f1=sk.f1_score(truth, predicted, **macro),
        f1_of_means=2 * p * r / (p + r) if p + r > 0 else 0.0,
        log_loss=0.0 if alone else sk.log_loss(truth, np.clip(probabilities, 1e-15, 1), labels=labels),
        auc_roc=np.nan if np.isnan(area).all() else np.nanmean(area),
        weighted_f1=sk.f1_score(truth, predicted, labels=labels, average="weighted", zero_division=0),
        mcc=sk.matthews_corrcoef(truth, predicted),
        kappa=sk.cohen_kappa_score(truth, predicted, labels=labels),
        brier=0.0 if alone else sk.brier_score_loss(truth, probabilities, labels=labels, scale_by_half=False),
        ece=calibration_error(truth, predicted, scores[np.arange(images), predicted]))
    entries = sk.confusion_matrix(truth, predicted, labels=labels).ravel().astype(object)
    checksum = sum(int(count) * (entry + 1) ** 2 for entry, count in enumerate(entries))
    return suite, list(zip(precision, recall, f1, specificity, area, support)), checksum


def main():
    rng = np.random.default_rng(20240607)
    lines = [f"# Made by tests/support/make_metric_golden.py with scikit-learn {sklearn.__version__}, "
             f"NumPy {np.__version__}.",
             "# classes images seed levels exponent boost truth_classes muted | " + " ".join(SUITE),
             "# | class: its precision recall f1 specificity auc_roc support "
             "| sum over entries of count * (truth * classes + predicted + 1)^2"]
    for case in range(CASES):
        setting = parameters(case, rng)
        suite, of_classes, checksum = evaluate(*predictions(*setting))
        chosen = case % setting[0]
        lines.append(" ".join(map(str, setting)) + " | " + " ".join(f"{suite[name]:.12g}" for name in SUITE) +
                     f" | {chosen} " + " ".join(f"{value:.12g}" for value in of_classes[chosen]) + f" | {checksum}")
    TARGET.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
