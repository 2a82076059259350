namespace Makemore.Tensors.Kernels;

/// <summary>The steps of a product from one element to the next, in bytes so that they fold into the address of an instruction.</summary>
readonly record struct Strides(nint ARow, nint ADepth, nint BDepth, nint CRow, nint StartRow);
