# Reads what `nsc bench peers` asks, and prints the answers, a line of JSON for each problem as soon as it is solved. The file has problems one
# after the other, little-endian: six 32-bit integers (inputs, width, training rows, held-out rows, test rows, steps) and 64-bit floats: training,
# held-out and test points, row after row, then the training and held-out targets. Inputs are in [-1, 1], targets are standardised.

import importlib.metadata
import json
import os
import pickle
import platform
import sys
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import numpy


class Problem:
    def __init__(self, file, head):
        self.inputs, self.width, training, held_out, test, self.steps = (int(n) for n in head)
        self.train_x, self.held_x, self.test_x = (
            numpy.fromfile(file, "<f8", rows * self.inputs).reshape(rows, self.inputs) for rows in (training, held_out, test))
        self.train_y, self.held_y = (numpy.fromfile(file, "<f8", rows) for rows in (training, held_out))

    def all_x(self):
        """What a method trains on that needs no rows to stop by."""
        return numpy.concatenate([self.train_x, self.held_x])

    def all_y(self):
        return numpy.concatenate([self.train_y, self.held_y])


def problems(path):
    with open(path, "rb") as file:
        while len(head := numpy.fromfile(file, "<i4", 6)) == 6:
            yield Problem(file, head)


def clock():
    """Seconds of processor time, which other work on the machine changes little."""
    return time.process_time()


def solve(path, train):
    """Answers all problems. train(problem) gives the steps, the seconds, a function of points that predicts, and what has to be kept for that."""
    for problem in problems(path):
        try:
            steps, seconds, predict, kept = train(problem)
            start = clock()
            predictions = predict(problem.test_x) if len(problem.test_x) else []
            row = (clock() - start) / max(1, len(problem.test_x))
            said = {
                "steps": int(steps), "seconds": max(seconds, 1e-9), "predictions": [float(p) for p in predictions],
                "rowSeconds": row, "bytes": len(pickle.dumps(kept))}
        except Exception as error:
            said = {"failed": f"{type(error).__name__}: {error}"[:200]}
        print(json.dumps(said), flush=True)


def identify(*packages):
    """What a method's answers depend on beside its text and the problem; printed when that is all that is asked."""
    if "--identify" in sys.argv:
        print(platform.python_version(), *(f"{p} {importlib.metadata.version(p)}" for p in ("numpy", *packages)))
        sys.exit(0)


def missing(error):
    print(error, file=sys.stderr)
    sys.exit(4)
