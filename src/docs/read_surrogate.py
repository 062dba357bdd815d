"""Reads a surrogate and computes its outputs with numpy, as `nsc run` does.   python3 read_surrogate.py FILE X1 X2 ..."""

import json
import struct
import sys

import numpy as np

RANGES = {"Bool": (0, 1), "Int8": (-2**7, 2**7 - 1), "UInt8": (0, 2**8 - 1), "Int16": (-2**15, 2**15 - 1), "UInt16": (0, 2**16 - 1),
          "Int32": (-2**31, 2**31 - 1), "UInt32": (0, 2**32 - 1), "Int64": (-2**63, 2**63 - 1024), "UInt64": (0, 2**64 - 2048)}


def load(path):
    """The metadata and, for each layer, its weights (outputs, rows, columns) and biases (outputs, rows)."""
    data = open(path, "rb").read()
    start = 8 + struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:start])
    meta = {k: v if k in ("function", "prototype", "unit") else json.loads(v) if v[:1] in "[{" else v for k, v in header.pop("__metadata__").items()}
    tensors = {name: np.frombuffer(data[start + t["data_offsets"][0]:start + t["data_offsets"][1]], "<f4").reshape(t["shape"]).astype(float)
               for name, t in header.items()}
    return meta, [(tensors[f"layer{l}.weight"], tensors[f"layer{l}.bias"]) for l in range(len(tensors) // 2)]


def run(meta, layers, rows):
    """The outputs (n, outputs) for inputs (n, inputs), both in the program's units."""
    x = np.array(rows, float)
    for i, variable in enumerate(meta["inputs"]):
        low, high = (variable["range"][end] for end in ("low", "high"))
        if variable["range"].get("is_logarithmic"):
            low, high, x[:, i] = np.log(low), np.log(high), np.log(np.maximum(x[:, i], sys.float_info.min))
        x[:, i] = (x[:, i] - (low + high) / 2) / ((high - low) / 2)
    h = np.repeat(x[:, None, :], len(meta["outputs"]), axis=1)  # (n, outputs, columns): each output has a net of its own
    for l, (weight, bias) in enumerate(layers):
        h = np.einsum("nkc,krc->nkr", h, weight) + bias
        h = np.tanh(h) if l + 1 < len(layers) else h
    y = h[:, :, 0] * meta["output_deviation"] + meta["output_mean"]
    for k, scale in enumerate(meta.get("output_logarithms", [])):
        if scale:
            y[:, k] = np.exp(np.clip(h[:, k, 0] * scale["deviation"] + scale["mean"], -708, 709))
    for k, output in enumerate(meta["outputs"]):
        values = np.array(meta.get("output_values", [[]] * (k + 1))[k] or ([0, 1] if output["kind"] == "Bool" else []), float)
        if len(values):
            y[:, k] = values[np.searchsorted((values[1:] + values[:-1]) / 2, y[:, k])]
        elif output["kind"] in RANGES:
            y[:, k] = np.clip(np.floor(y[:, k] + 0.5), *RANGES[output["kind"]])
    return y


if __name__ == "__main__":
    print(*run(*load(sys.argv[1]), [[float(x) for x in sys.argv[2:]]])[0])
