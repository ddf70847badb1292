#!/usr/bin/env python3
"""Recomputes every test metric of a run from its exported predictions and compares with what the database holds.

    ablate export predictions RUN > predictions.csv
    ablate query "SELECT run_metric.* FROM run_metric WHERE run_id = RUN AND split = 'test'" --format csv > stored.csv
    python3 tests/support/check_predictions.py predictions.csv stored.csv

An independent reckoning: scikit-learn's and NumPy's formulas on the file's columns, nothing of ablate's. Exits with 1
where a metric differs by more than 1e-5.
"""
import csv
import sys

import numpy as np
from sklearn import metrics


def read(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def recompute(truth, predicted, p):
    classes = p.shape[1]
    labels = np.arange(classes)
    n = len(truth)
    own = p[np.arange(n), truth]
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(truth, predicted, labels=labels, zero_division=0)
    confusion = metrics.confusion_matrix(truth, predicted, labels=labels)
    false_positive = confusion.sum(0) - np.diag(confusion)
    negative = n - confusion.sum(1)
    specificity = 1 - false_positive / np.maximum(negative, 1)
    top = p.max(1)
    bins = np.clip(np.ceil(top * 15) - 1, 0, 14).astype(int)
    right = truth == predicted
    ece = sum(abs(right[bins == b].sum() - top[bins == b].sum()) for b in range(15)) / n
    onehot = np.eye(classes)[truth]
    present = [c for c in labels if 0 < (truth == c).sum() < n]
    mean_precision, mean_recall = precision.mean(), recall.mean()
    return {
        "accuracy": right.mean(),
        "top3_accuracy": metrics.top_k_accuracy_score(truth, p, k=3, labels=labels),
        "precision": mean_precision,
        "recall": mean_recall,
        "specificity": specificity.mean(),
        "f1": f1.mean(),
        "f1_of_means": 2 * mean_precision * mean_recall / (mean_precision + mean_recall),
        "log_loss": -np.log(np.clip(own, 1e-15, 1)).mean(),
        "auc_roc": np.mean([metrics.roc_auc_score(truth == c, p[:, c]) for c in present]),
        "weighted_f1": metrics.f1_score(truth, predicted, labels=labels, average="weighted", zero_division=0),
        "mcc": metrics.matthews_corrcoef(truth, predicted),
        "kappa": metrics.cohen_kappa_score(truth, predicted, labels=labels),
        "brier": ((p - onehot) ** 2).sum(1).mean(),
        "ece": ece,
    }


def main():
    rows, stored = read(sys.argv[1]), read(sys.argv[2])[0]
    classes = sum(1 for name in rows[0] if name[0] == "p" and name[1:].isdigit())
    truth = np.array([int(row["truth"]) for row in rows])
    predicted = np.array([int(row["predicted"]) for row in rows])
    p = np.array([[float(row[f"p{c}"]) for c in range(classes)] for row in rows])
    worst = 0.0
    for name, value in recompute(truth, predicted, p).items():
        difference = abs(value - float(stored[name]))
        worst = max(worst, difference)
        print(f"{name:14} recomputed {value:.9f}  stored {float(stored[name]):.9f}  difference {difference:.1e}")
    print(f"{len(rows)} images, {classes} classes, largest difference {worst:.1e}")
    sys.exit(worst > 1e-5)


main()
