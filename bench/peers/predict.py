"""Scores a file: predict.py TRAINING_DATA INPUT OUTPUT. With INPUT `single`, prints microseconds per one-row call."""

import sys
import time

from pipeline import make, read

if __name__ == "__main__":
    training, source, output = sys.argv[1:4]
    model = make("least-squares", {}).fit(*read(training))
    if source == "single":
        x, _ = read(training)
        row = x.iloc[[0]]
        for _ in range(50):
            model.predict(row)
        started = time.perf_counter()
        for _ in range(500):
            model.predict(row)
        print((time.perf_counter() - started) / 500 * 1e6)
    else:
        x, _ = read(source)
        x.assign(prediction=model.predict(x).clip(0, 100))[["prediction"]].to_csv(output, index_label="row")
