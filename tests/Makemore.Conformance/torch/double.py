"""Reads every tensor of a file, and writes it doubled."""
import sys

import tensors

tensors.write(sys.argv[2], {name: 2 * value for name, value in tensors.read(sys.argv[1]).items()})
