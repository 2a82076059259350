namespace Makemore.Files;

/// <summary>The kinds of elements that are read and written, by their names in a safetensors header.</summary>
public enum TensorType
{
    /// <summary>32-bit floating point.</summary>
    F32,

    /// <summary>64-bit floating point.</summary>
    F64,

    /// <summary>64-bit signed integer.</summary>
    I64,
}
