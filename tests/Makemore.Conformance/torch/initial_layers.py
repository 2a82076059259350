"""What PyTorch's layers begin with."""
import sys

import tensors
from tensors import torch

torch.manual_seed(7)
layers = {"linear": torch.nn.Linear(30, 17), "embedding": torch.nn.Embedding(27, 10), "convolution": torch.nn.Conv1d(19, 23, 2)}
tensors.write(sys.argv[2], {f"{name}.{part}": value for name, layer in layers.items() for part, value in layer.state_dict().items()})
