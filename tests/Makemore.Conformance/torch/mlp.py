"""The lecture's MLP."""
from tensors import torch

PARAMETERS = ["C", "W1", "b1", "W2", "b2"]


def loss(p, contexts, targets):
    emb = p["C"][contexts]
    h = torch.tanh(emb.flatten(1) @ p["W1"].flatten(0, -2) + p["b1"])
    return torch.nn.functional.cross_entropy(h @ p["W2"].T + p["b2"], targets)
