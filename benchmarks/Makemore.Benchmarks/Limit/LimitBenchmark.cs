using Makemore.Tensors.Kernels;

namespace Makemore.Benchmarks.Limit;

/// <summary>The kernels beside what the machine can do at most.</summary>
sealed class LimitBenchmark : IBenchmark
{
    const double Demanded = 0.9;
    const int Batch = 32;
    const int Tokens = 512;

    // Of these the columns fill their vectors: the products of makemore.py's transformer, each shape once, but those of single heads.
    static readonly ProductShape[] Gated =
    [
        new("large", 64, 256, 512),
        new("transformer: queries, keys, values", Tokens, 192, 64),
        new("transformer: out of attention, and back", Tokens, 64, 64),
        new("transformer: into the MLP", Tokens, 256, 64),
        new("transformer: out of the MLP", Tokens, 64, 256),
        new("transformer: back to before q, k, v", Tokens, 64, 192),
        new("transformer: gradient of `c_attn`", 192, 64, Tokens, Transposed: true),
        new("transformer: gradient of `attn.c_proj`", 64, 64, Tokens, Transposed: true),
        new("transformer: gradient of `c_fc`", 256, 64, Tokens, Transposed: true),
        new("transformer: gradient of `mlp.c_proj`", 64, 256, Tokens, Transposed: true),
    ];

    static readonly ProductShape[] Others =
    [
        new("transformer: one head's scores", 16, 16, 16),
        new("transformer: logits", Tokens, 27, 64),
        new("transformer: `logits.grad·lm_head`", Tokens, 64, 27),
        new("MLP: `emb·W1`", Batch, 200, 30),
        new("MLP: `h·W2ᵀ`", Batch, 27, 200, Inner: true),
        new("MLP: `logits.grad·W2`", Batch, 200, 27),
        new("MLP: `logits.gradᵀ·h`", 27, 200, Batch, Transposed: true),
        new("MLP: `embᵀ·preact.grad`", 30, 200, Batch, Transposed: true),
        new("MLP: `preact.grad·W1ᵀ`", Batch, 30, 200, Inner: true),
    ];

    /// <inheritdoc/>
    public string Name => "limit";

    /// <inheritdoc/>
    public string Summary => "matrix products beside the machine's rate of multiply-adds, functions, and loops over rows";

    /// <inheritdoc/>
    public BenchmarkResult Run(TextWriter log)
    {
        log.WriteLine(Machine.Description);
        var table = new MarkdownTable("product", "rows×columns×depth", "best GFLOP/s", "share of the peak");
        var failures = new List<string>();
        foreach (var shape in Gated.Concat(Others))
        {
            var measured = new ProductMeasurement(shape).Run();
            table.Add(shape.Name, shape.Lengths, $"{measured.Best:F0}", $"{100 * measured.ShareOfPeak:F1} %");
            if (Gated.Contains(shape) && measured.ShareOfPeak < Demanded)
                failures.Add($"{shape.Lengths} runs at {100 * measured.ShareOfPeak:F1} % of the peak; at least {100 * Demanded:F0} % is demanded");
        }

        var functions = FunctionTimes.Measure();
        return new(
            table,
            [
                $"Peak of multiply-adds on one core: {Peak.Measure(1000):F0} GFLOP/s. Shares are medians of pairs some 50 µs apart;"
                    + " multiplications and additions of padding do not count as work.",
                $"A vector of {functions.Lanes} floats: exp {functions.Exp:F2} ns, log {functions.Log:F2} ns, tanh {functions.Tanh:F2} ns.",
                $"Compiled loops over rows of 64 floats, for 16 of them: {string.Join(", ", RowWiseTimes.Measure())}.",
                $"{Machine.Description}.",
            ],
            failures);
    }
}
