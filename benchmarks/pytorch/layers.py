"""Layers in PyTorch, forward and backward, timed on request.

    python3 -B layers.py FOLDER THREADS

FOLDER has x.f32, upstream.f32 (the gradient of the layer's result) and the parameters of the layer, dense and little-endian. Each line on
stdin is a request, answered by one line on stdout:

    about                 what runs
    losses FORMULATION 1  the sum of result times upstream, then the sum of squares of every gradient: x's, then the parameters'
    time FORMULATION N    the microseconds that each of N passes takes
"""
import gc
import math
import sys
from pathlib import Path
from time import perf_counter_ns

import torch
import torch.nn.functional as F

import peer_requests

BATCH, TIME, EMBED, HEADS = 32, 16, 64, 4
SHAPES = {
    "x": (BATCH, TIME, EMBED), "upstream": (BATCH, TIME, EMBED),
    "attn.c_attn.weight": (3 * EMBED, EMBED), "attn.c_attn.bias": (3 * EMBED,), "attn.c_proj.weight": (EMBED, EMBED), "attn.c_proj.bias": (EMBED,),
    "ln.weight": (EMBED,), "ln.bias": (EMBED,),
}

folder = Path(sys.argv[1])
torch.set_num_threads(int(sys.argv[2]))


def read(path):
    return torch.frombuffer(bytearray(path.read_bytes()), dtype=torch.float32).view(SHAPES[path.stem])


leaves = {path.stem: read(path) for path in folder.glob("*.f32")}
upstream = leaves.pop("upstream")
inputs = [leaves.pop("x")] + [leaves[name] for name in SHAPES if name in leaves]
for leaf in inputs:
    leaf.requires_grad_()
unseen = torch.ones(TIME, TIME).tril() == 0
mask = torch.zeros(TIME, TIME).masked_fill(unseen, -math.inf).expand(BATCH * HEADS, TIME, TIME)


def as_written(x, project, project_bias, back, back_bias):
    """As in makemore.py."""
    q, k, v = F.linear(x, project, project_bias).split(EMBED, dim=2)
    q, k, v = (part.view(BATCH, TIME, HEADS, EMBED // HEADS).transpose(1, 2) for part in (q, k, v))
    scores = (q @ k.transpose(-2, -1)) * (1 / math.sqrt(k.size(-1)))
    attention = F.softmax(scores.masked_fill(unseen, -math.inf), dim=-1)
    found = (attention @ v).transpose(1, 2).contiguous().view(BATCH, TIME, EMBED)
    return F.linear(found, back, back_bias)


def fast(x, project, project_bias, back, back_bias):
    """The same mathematics in the fewest and fastest calls: scale and mask in the product, all heads as one batch."""
    parts = torch.addmm(project_bias, x.view(-1, EMBED), project.t()).view(BATCH, TIME, 3, HEADS, EMBED // HEADS)
    q, k, v = parts.permute(2, 0, 3, 1, 4).reshape(3, BATCH * HEADS, TIME, EMBED // HEADS).unbind(0)
    attention = torch.baddbmm(mask, q, k.transpose(1, 2), alpha=1 / math.sqrt(EMBED // HEADS)).softmax(-1)
    found = torch.bmm(attention, v).view(BATCH, HEADS, TIME, -1).transpose(1, 2).reshape(-1, EMBED)
    return torch.addmm(back_bias, found, back.t()).view(BATCH, TIME, EMBED)


def layer_norm(x, weight, bias):
    return F.layer_norm(x, (EMBED,), weight, bias)


FORMULATIONS = {"makemore.py": as_written, "fast": fast, "layer_norm": layer_norm}


def step(formulation):
    result = FORMULATIONS[formulation](*inputs)
    return result, torch.autograd.grad(result, inputs, upstream)


def losses(formulation, _):
    result, gradients = step(formulation)
    return " ".join(repr(number.double().sum().item()) for number in [result * upstream, *(gradient ** 2 for gradient in gradients)])


def time(formulation, count):
    times = []
    gc.collect()
    gc.disable()
    for _ in range(int(count)):
        began = perf_counter_ns()
        step(formulation)
        times.append((perf_counter_ns() - began) / 1000)
    gc.enable()
    return " ".join(map(str, times))


peer_requests.serve(losses=losses, time=time)
