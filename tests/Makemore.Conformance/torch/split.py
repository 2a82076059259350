"""The order of words by which makemore.py divides them (create_datasets)."""
import sys

import tensors
import torch

given = tensors.read(sys.argv[1])
torch.manual_seed(given["seed"].item())
tensors.write(sys.argv[2], {"order": torch.randperm(given["words"].item())})
