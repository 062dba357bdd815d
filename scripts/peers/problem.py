# Reads what `nsc bench peers` asks, and prints the answer. The file is six little-endian 32-bit integers (inputs, width,
# training rows, held-out rows, test rows, steps) and 32-bit floats: training, held-out and test points, row after row, then
# the training and held-out targets.

import json
import sys
import time

import numpy


class Problem:
    def __init__(self, path):
        with open(path, "rb") as file:
            self.inputs, self.width, training, held_out, test, self.steps = (int(n) for n in numpy.fromfile(file, "<i4", 6))
            self.train_x, self.held_x, self.test_x = (
                numpy.fromfile(file, "<f4", rows * self.inputs).reshape(rows, self.inputs) for rows in (training, held_out, test))
            self.train_y, self.held_y = (numpy.fromfile(file, "<f4", rows) for rows in (training, held_out))


def answer(steps, seconds, predictions):
    print(json.dumps({"steps": steps, "seconds": seconds, "predictions": [float(p) for p in predictions]}))


def clock():
    """Seconds of processor time, which other work on the machine changes little."""
    return time.process_time()


def missing(error):
    print(error, file=sys.stderr)
    sys.exit(4)
