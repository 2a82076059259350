"""Requests on stdin, each a line, answered by one line on stdout."""
import ctypes
import sys

import torch


def about():
    torch.ones(8, 8) @ torch.ones(8, 8)
    blas = {line.split()[-1] for line in open("/proc/self/maps") if "openblas" in line}
    if not blas:
        return f"PyTorch {torch.__version__}"
    corename = ctypes.CDLL(blas.pop()).openblas_get_corename
    corename.restype = ctypes.c_char_p
    return f"PyTorch {torch.__version__} with OpenBLAS ({corename().decode()} kernels)"


def serve(**answers):
    """Answers every request by the function of its name, until there are no more; about is what runs."""
    answers["about"] = about
    for line in sys.stdin:
        request, *arguments = line.split()
        print(answers[request](*arguments), flush=True)
