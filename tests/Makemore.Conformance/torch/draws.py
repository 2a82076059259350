"""Draws from one generator, one after the other."""
import sys

import tensors
import torch

given = tensors.read(sys.argv[1])
weights, rows = given["weights"], given["rows"]
generator = torch.Generator().manual_seed(given["seed"].item())
drawn = {
    "randn 5": torch.randn(5, generator=generator),
    "randn 40": torch.randn(40, generator=generator),
    "rand 7": torch.rand(7, generator=generator),
    "randint 33": torch.randint(0, 27, (33,), generator=generator),
    "wide randint 6": torch.randint(-5, 2**40, (6,), generator=generator),
    "randperm 100": torch.randperm(100, generator=generator),
    "multinomial with replacement": torch.multinomial(weights, 20, replacement=True, generator=generator),
    "multinomial without replacement": torch.multinomial(weights, 5, replacement=False, generator=generator),
    "multinomial of rows": torch.multinomial(rows, 1, replacement=False, generator=generator),
    "randn 6000": torch.randn(30, 200, generator=generator),
    "randn 3": torch.randn(3, generator=generator),
}
portable = any(name in torch.__config__.show() for name in ["usage: DEFAULT", "usage: NO AVX"])
tensors.write(sys.argv[2], {"avx2": torch.tensor(0 if portable else 1), **drawn})
