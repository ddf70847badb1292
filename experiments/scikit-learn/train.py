"""Handwritten digits (scikit-learn's own 1,797) by a linear model, an epoch at a time."""

import os
import sys

import numpy
from sklearn.datasets import load_digits
from sklearn.linear_model import SGDClassifier
from sklearn.model_selection import train_test_split

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../python"))
import ablate_client as ablate  # noqa: E402

given = {"alpha": 1e-4, "loss": "log_loss", "epochs": 10} | ablate.settings()
x, y = load_digits(return_X_y=True)
x_train, x_test, y_train, y_test = train_test_split(x / 16, y, test_size=0.3, random_state=0, stratify=y)
model = SGDClassifier(loss=given["loss"], alpha=given["alpha"], random_state=ablate.seed())
order = numpy.random.default_rng(ablate.seed())
for epoch in range(1, ablate.until(given["epochs"]) + 1):
    shuffled = order.permutation(len(y_train))
    model.partial_fit(x_train[shuffled], y_train[shuffled], classes=range(10))
    ablate.log(epoch, train_accuracy=model.score(x_train, y_train), test_accuracy=model.score(x_test, y_test))
