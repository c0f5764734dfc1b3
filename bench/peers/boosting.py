"""Fits one ensemble: boosting.py ESTIMATOR ROWS. Prints the seconds of the second fit, or of a first one beyond 10 s."""

import sys
import time

import numpy as np
from sklearn.ensemble import GradientBoostingRegressor, HistGradientBoostingRegressor, RandomForestRegressor

ESTIMATORS = {
    "random-forest": lambda: RandomForestRegressor(random_state=42),
    "gradient-boosting": lambda: GradientBoostingRegressor(random_state=42),
    "hist-gradient-boosting": lambda: HistGradientBoostingRegressor(random_state=42, early_stopping=False),
}


def friedman(rows):
    """The same rows as in bench/boosting.mjs, but for the sine's last bit."""
    draws = np.random.RandomState(1).random_sample((11, rows))
    a, b, c, d, e = draws[:5]
    noise = 2 * (draws[8] + draws[9] + draws[10]) - 3
    y = 10 * np.sin(np.pi * a * b) + 20 * (c - 0.5) ** 2 + 10 * d + 5 * e + noise
    return np.ascontiguousarray(draws[:8].T), y


def fit(estimator, x, y):
    started = time.perf_counter()
    estimator.fit(x, y)
    return time.perf_counter() - started


if __name__ == "__main__":
    make = ESTIMATORS[sys.argv[1]]
    x, y = friedman(int(sys.argv[2]))
    first = fit(make(), x, y)
    print(fit(make(), x, y) if first < 10 else first)
