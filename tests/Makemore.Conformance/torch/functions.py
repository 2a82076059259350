"""Every function of the compiler that PyTorch has too: its value, and the gradient of its sum weighted by numbers that are given."""
import math
import sys

import tensors  # ends the script where there is no torch
import torch
import torch.nn.functional as F

given = tensors.read(sys.argv[1])
x, weight, bias = (given[name].requires_grad_() for name in ("x", "weight", "bias"))
targets, lengths = given["targets"], given["lengths"]
batch, time, channel = x.shape


def new_gelu(x):  # as in makemore.py
    return 0.5 * x * (1.0 + torch.tanh(math.sqrt(2.0 / math.pi) * (x + 0.044715 * torch.pow(x, 3.0))))


def causal_attention(x):
    scores = x @ x.transpose(-2, -1) / math.sqrt(channel)
    mask = torch.tril(torch.ones(time, time)) == 0
    return F.softmax(scores.masked_fill(mask, float("-inf")), dim=-1) @ x


def batch_norm(x, training):
    rows = x.reshape(batch * time, channel)
    running = torch.zeros(channel), torch.ones(channel)
    result = F.batch_norm(rows, *running, weight, bias, training=training, momentum=1.0)
    return result.reshape(x.shape), *running


ignored = torch.where(torch.arange(time) < lengths[:, None], targets, torch.full_like(targets, -1))
normalized, running_mean, running_variance = batch_norm(x, training=True)
results = {
    "exp": torch.exp(x),
    "log": torch.log(torch.abs(x) + 0.1),
    "sqrt": torch.sqrt(torch.abs(x) + 0.1),
    "abs": torch.abs(x),
    "minimum": torch.minimum(x, bias),
    "maximum": torch.maximum(x, bias),
    "where": torch.where(x > bias, x * x, weight.expand_as(x)),
    "tanh": torch.tanh(x),
    "sigmoid": torch.sigmoid(x),
    "relu": torch.relu(x),
    "silu": F.silu(x),
    "gelu": new_gelu(x),
    "softmax": F.softmax(x, dim=-1),
    "softmax_of_time": F.softmax(x, dim=1),
    "log_softmax": F.log_softmax(x, dim=-1),
    "log_sum_exp": torch.logsumexp(x, dim=-1),
    "cross_entropy": F.cross_entropy(x.reshape(-1, channel), targets.reshape(-1)),
    "counted_cross_entropy": F.cross_entropy(x.reshape(-1, channel), ignored.reshape(-1), ignore_index=-1),
    "variance": torch.var(x, dim=-1, unbiased=False),
    "unbiased_variance": torch.var(x, dim=(0, 1)),
    "layer_norm": F.layer_norm(x, (channel,), weight, bias),
    "batch_norm": normalized,
    "batch_norm_in_evaluation": F.batch_norm(x.reshape(-1, channel), given["mean"], given["variance"], weight, bias).reshape(x.shape),
    "rms_norm": x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5) * weight,
    "causal_attention": causal_attention(x),
}

answer = {"running_mean": running_mean, "running_variance": running_variance}
for name, result in results.items():
    weights = given["weights"].flatten()[: result.numel()].reshape(result.shape)
    gradients = torch.autograd.grad((result * weights).sum(), (x, weight, bias), allow_unused=True)
    answer[name] = result
    for operand, gradient in zip(("x", "weight", "bias"), gradients):
        if gradient is not None:
            answer[f"{name}.{operand}"] = gradient
tensors.write(sys.argv[2], answer)
