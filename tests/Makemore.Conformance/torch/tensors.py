"""Safetensors files in a few lines: what the C# tests and these scripts exchange."""
import json
import struct
import sys

try:
    import torch
except ImportError:
    sys.exit(77)

TYPES = {"F32": torch.float32, "F64": torch.float64, "I64": torch.int64}
NAMES = {dtype: name for name, dtype in TYPES.items()}


def read(path):
    content = open(path, "rb").read()
    (length,) = struct.unpack("<Q", content[:8])
    header, data = json.loads(content[8 : 8 + length]), content[8 + length :]
    header.pop("__metadata__", None)
    return {name: tensor(data, **entry) for name, entry in header.items()}


def tensor(data, dtype, shape, data_offsets):
    begin, end = data_offsets
    if begin == end:
        return torch.empty(shape, dtype=TYPES[dtype])  # frombuffer refuses empty buffers
    return torch.frombuffer(bytearray(data[begin:end]), dtype=TYPES[dtype]).view(shape)


def write(path, tensors):
    header, data = {}, b""
    for name, value in tensors.items():
        bytes = value.detach().contiguous().numpy().tobytes()
        header[name] = {"dtype": NAMES[value.dtype], "shape": list(value.shape), "data_offsets": [len(data), len(data) + len(bytes)]}
        data += bytes
    text = json.dumps(header).encode()
    open(path, "wb").write(struct.pack("<Q", len(text)) + text + data)
