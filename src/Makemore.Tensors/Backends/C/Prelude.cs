namespace Makemore.Tensors.Backends.C;

/// <summary>C that stands before the programs that use it, and the words that programs may not use for anything else.</summary>
static class Prelude
{
    /// <summary>Rows of the tiles that products are made of; their columns are the lanes of a vector.</summary>
    public const int TileRows = 8;

    /// <summary>Columns of the tiles that products are made of.</summary>
    public const int TileColumns = 16;

    /// <summary>The keywords of C, what generated code itself uses, and the macros that come with it.</summary>
    public static readonly string[] Reserved =
    [
        "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum", "extern", "float", "for", "goto", "if", "inline", "int", "long",
        "register", "restrict", "return", "short", "signed", "sizeof", "static", "struct", "switch", "typedef", "union", "unsigned", "void", "volatile", "while",
        "memory", "row", "column", "place", "top", "bottom", "left", "right", "sum", "sums", "tile", "lanes", "maximum", "run",
        "expf", "logf", "tanhf", "sqrtf", "fabsf", "memcpy", "INFINITY", "NAN", "NULL",
        "HUGE_VAL", "HUGE_VALF", "HUGE_VALL", "FP_NAN", "FP_INFINITE", "FP_ZERO", "FP_SUBNORMAL", "FP_NORMAL", "FP_ILOGB0", "FP_ILOGBNAN", "MATH_ERRNO", "MATH_ERREXCEPT", "math_errhandling",
    ];

    /// <summary>The functions, each under its name.</summary>
    public static readonly (string Name, string Source)[] Functions =
    [
        ("maximum", """
            // The larger of two; NaN where one is.
            static inline float maximum(float x, float y)
            {
                return x > y || x != x || (x == y && !signbit(x)) ? x : y;
            }

            #pragma omp declare reduction(maximum : float : omp_out = maximum(omp_out, omp_in)) initializer(omp_priv = -INFINITY)
            """),
        ("tile", $$"""
            typedef float lanes __attribute__((vector_size({{TileColumns}} * sizeof(float)), aligned(sizeof(float))));

            // sums[m][n] = Σₖ a[m * a_row + k * a_depth] · b[k * b_depth + n * b_column]. A row past the last repeats it, and nobody reads what
            // comes of columns past the last: every number is readable for a vector's length behind its end.
            static __attribute__((noinline)) void tile(float sums[{{TileRows}}][{{TileColumns}}], long rows, long columns, long depth, const float *a, long a_row, long a_depth, const float *b, long b_depth, long b_column)
            {
                const float *row[{{TileRows}}];
                lanes result[{{TileRows}}] = {0};
                for (long m = 0; m < {{TileRows}}; m++)
                    row[m] = a + (m < rows ? m : rows - 1) * a_row;
                for (long k = 0; k < depth; k++)
                {
                    lanes right = *(const lanes *)(b + k * b_depth);
                    for (long n = 0; b_column != 1 && n < {{TileColumns}}; n++) right[n] = b[k * b_depth + (n < columns ? n : columns - 1) * b_column];
                    for (long m = 0; m < {{TileRows}}; m++)
                        result[m] += row[m][k * a_depth] * right;
                }
                memcpy(sums, result, sizeof result);
            }
            """),
    ];
}
