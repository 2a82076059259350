using System.Runtime.InteropServices;

namespace Makemore.Tensors.Kernels;

/// <summary>One product to be checked: shapes, strides, and what the sums start with.</summary>
sealed record ProductCase(int Rows, int Columns, int Depth, bool Transposed, ProductStart Start, int Gap)
{
    const int Guard = 64;
    const float Untouched = -12345.5f;

    int ARow => Transposed ? 1 : Depth + Gap;

    int ADepth => Transposed ? Rows + Gap : 1;

    int Pitch => Columns + Gap;

    /// <summary>Runs a product and compares every element of the result, and every one around it.</summary>
    /// <returns>What is wrong, or null.</returns>
    public unsafe string? Mistake(ProductMethod multiply)
    {
        var random = new Random(HashCode.Combine(Rows, Columns, Depth));
        var a = Fill(random, ((Rows + Gap) * (Depth + Gap)) + Guard);
        var b = Fill(random, (Depth * Pitch) + Guard);
        var start = Fill(random, (Rows * Pitch) + Guard);
        var c = new float[Guard + (Rows * Pitch) + Guard];
        c.AsSpan().Fill(Untouched);
        if (Start == ProductStart.Accumulate)
        {
            foreach (var (m, n) in Elements())
                c[Guard + (m * Pitch) + n] = start[(m * Pitch) + n];
        }

        var before = (float[])c.Clone();
        fixed (float* pa = a, pb = b, ps = start, pc = c)
        {
            var from = Start switch { ProductStart.Zero => null, ProductStart.Accumulate => pc + Guard, _ => ps };
            var fromRow = Start is ProductStart.Zero or ProductStart.Bias ? 0 : Pitch;
            multiply(Rows, Columns, Depth, pa, ARow, ADepth, pb, Pitch, pc + Guard, Pitch, from, fromRow);
        }

        foreach (var (m, n) in Elements())
        {
            double sum = Start switch { ProductStart.Zero => 0, ProductStart.Bias => start[n], _ => start[(m * Pitch) + n] };
            var size = Math.Abs(sum);
            for (var k = 0; k < Depth; k++)
            {
                var product = (double)a[(m * ARow) + (k * ADepth)] * b[(k * Pitch) + n];
                sum += product;
                size += Math.Abs(product);
            }

            var at = Guard + (m * Pitch) + n;
            if (!(Math.Abs(c[at] - sum) <= (1e-7 * size) + (6e-8 * Depth * size)))
                return $"{this}: element {m}, {n} is {c[at]} and not {sum}";
            before[at] = c[at];
        }

        var differs = MemoryMarshal.AsBytes(before.AsSpan()).CommonPrefixLength(MemoryMarshal.AsBytes(c.AsSpan())) / sizeof(float);
        return differs < c.Length ? $"{this}: wrote outside of c, {differs - Guard} elements after its first" : null;
    }

    IEnumerable<(int M, int N)> Elements() =>
        from m in Enumerable.Range(0, Rows)
        from n in Enumerable.Range(0, Columns)
        select (m, n);

    static float[] Fill(Random random, int length)
    {
        var values = new float[length];
        for (var i = 0; i < length; i++)
            values[i] = (float)((2 * random.NextDouble()) - 1);
        return values;
    }
}
