"""The training step of the lecture's MLP in PyTorch, timed on request.

    python3 mlp.py FOLDER THREADS

FOLDER has contexts.i64, targets.i64, generator.i64 (the seed) and the parameters C.f32, W1.f32, b1.f32, W2.f32, b2.f32, dense and
little-endian. Each line on stdin is a request, answered by one line on stdout:

    about                  what runs
    losses FORMULATION N   the losses of the first N steps from the weights of FOLDER
    time FORMULATION N     the microseconds that each of N further steps takes
"""
import ctypes
import gc
import sys
from pathlib import Path
from time import perf_counter_ns

import torch
import torch.nn.functional as F

VOCABULARY, BLOCK, EMBED, HIDDEN, BATCH, RATE = 27, 3, 10, 200, 32, 0.1
SHAPES = {"C": (VOCABULARY, EMBED), "W1": (BLOCK * EMBED, HIDDEN), "b1": (HIDDEN,), "W2": (HIDDEN, VOCABULARY), "b2": (VOCABULARY,)}

folder = Path(sys.argv[1])
torch.set_num_threads(int(sys.argv[2]))


def read(name, dtype):
    return torch.frombuffer(bytearray((folder / name).read_bytes()), dtype=dtype)


targets = read("targets.i64", torch.int64)
contexts = read("contexts.i64", torch.int64).view(-1, BLOCK)
seed = int(read("generator.i64", torch.int64))


class Training:
    def __init__(self):
        self.generator = torch.Generator().manual_seed(seed)
        for shape in SHAPES.values():
            torch.randn(shape, generator=self.generator)
        # W2 comes as (out, in); the lecture has it the other way round, which is the faster way too.
        weights = {name: read(f"{name}.f32", torch.float32) for name in SHAPES}
        weights["W2"] = weights["W2"].view(VOCABULARY, HIDDEN).T.contiguous()
        self.parameters = [weights[name].view(shape).clone().requires_grad_() for name, shape in SHAPES.items()]

    def rows(self):
        return torch.randint(0, len(targets), (BATCH,), generator=self.generator)


class Lecture(Training):
    """As written in the lectures."""

    def step(self):
        rows = self.rows()
        C, W1, b1, W2, b2 = self.parameters
        emb = C[contexts[rows]]
        h = torch.tanh(emb.view(-1, BLOCK * EMBED) @ W1 + b1)
        logits = h @ W2 + b2
        loss = F.cross_entropy(logits, targets[rows])
        for p in self.parameters:
            p.grad = None
        loss.backward()
        for p in self.parameters:
            p.data += -RATE * p.grad
        return loss


class Fast(Training):
    """The same mathematics in the fewest and fastest calls."""

    def step(self):
        rows = self.rows()
        C, W1, b1, W2, b2 = self.parameters
        emb = torch.embedding(C, contexts.index_select(0, rows))
        h = torch.addmm(b1, emb.view(-1, BLOCK * EMBED), W1).tanh_()
        loss = F.cross_entropy(torch.addmm(b2, h, W2), targets.index_select(0, rows))
        gradients = torch.autograd.grad(loss, self.parameters)
        with torch.no_grad():
            torch._foreach_add_(self.parameters, gradients, alpha=-RATE)
        return loss


FORMULATIONS = {"lecture": Lecture, "fast": Fast}
running = {name: formulation() for name, formulation in FORMULATIONS.items()}


def about():
    torch.ones(8, 8) @ torch.ones(8, 8)
    blas = {line.split()[-1] for line in open("/proc/self/maps") if "openblas" in line}
    if not blas:
        return f"PyTorch {torch.__version__}"
    corename = ctypes.CDLL(blas.pop()).openblas_get_corename
    corename.restype = ctypes.c_char_p
    return f"PyTorch {torch.__version__} with OpenBLAS ({corename().decode()} kernels)"


def losses(formulation, count):
    training = FORMULATIONS[formulation]()
    return " ".join(repr(training.step().item()) for _ in range(int(count)))


def time(formulation, count):
    step = running[formulation].step
    times = []
    gc.collect()
    gc.disable()
    for _ in range(int(count)):
        began = perf_counter_ns()
        step()
        times.append((perf_counter_ns() - began) / 1000)
    gc.enable()
    return " ".join(map(str, times))


for line in sys.stdin:
    request, *arguments = line.split()
    print({"about": about, "losses": losses, "time": time}[request](*arguments), flush=True)
