"""The training steps of a model in PyTorch, timed on request.

    python3 models.py FILE THREADS

FILE is a safetensors file called after the model: its parameters; contexts and targets, all examples to learn from; rows, those of the
first batches; sizes of a model of whole lines. Each line on stdin is a request, answered by one line on stdout:

    about                  what runs
    formulations           the ways to write the step
    losses FORMULATION N   the losses of the first N steps from the weights of FILE
    time FORMULATION S     the microseconds that each further step takes, of as many as S seconds hold
"""
import gc
import sys
from functools import cache, partial
from pathlib import Path
from time import perf_counter_ns

# The definitions of the models that the tests hold ours against.
sys.path.append(str(Path(__file__).parents[2] / "tests" / "Makemore.Conformance" / "torch"))

import torch

import lecture_steps
import makemore_steps
import peer_requests
import tensors

file = Path(sys.argv[1])
torch.set_num_threads(int(sys.argv[2]))
FORMULATIONS = lecture_steps.MODELS.get(file.stem) or {name: partial(step, file.stem) for name, step in makemore_steps.FORMULATIONS.items()}


def begin(formulation):
    return FORMULATIONS[formulation](tensors.read(file))


running = cache(begin)


def formulations():
    return " ".join(FORMULATIONS)


def losses(formulation, count):
    training = begin(formulation)
    return " ".join(repr(training.step().item()) for _ in range(int(count)))


def time(formulation, seconds):
    step = running(formulation).step
    times = []
    gc.collect()
    gc.disable()
    end = perf_counter_ns() + float(seconds) * 1e9
    while not times or perf_counter_ns() < end:
        began = perf_counter_ns()
        step()
        times.append((perf_counter_ns() - began) / 1000)
    gc.enable()
    return " ".join(map(str, times))


peer_requests.serve(formulations=formulations, losses=losses, time=time)
