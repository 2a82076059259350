using System.Runtime.InteropServices;
using Makemore.Models.Layers;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Roslyn;
using Makemore.Tensors.Running;

namespace Makemore.Benchmarks.VersusPyTorch;

/// <summary>A layer of makemore.py's transformer, forward and backward: its result, and the gradients of its input and parameters.</summary>
sealed class ComparedLayer : IDisposable
{
    static readonly Axis Batch = new("batch", 32), Time = new("time", 16), Embed = new("embed", 64);

    readonly Input x = new("x", [Batch, Time, Embed]), upstream = new("upstream", [Batch, Time, Embed]);
    readonly IReadOnlyList<Parameter> parameters;
    readonly Storage storage = new();
    readonly Routine routine;

    ComparedLayer(string name, Func<Tensor, Tensor> layer, IReadOnlyList<Parameter> parameters)
    {
        this.parameters = parameters;
        var result = layer(x);
        var program = Tensors.Programs.Program.Of(name, [result, .. Gradient.Of((result * upstream).Sum([Batch, Time, Embed]), [x, .. parameters])]);
        var random = new TorchRandom(1);
        storage.Initialize(parameters, random);
        foreach (var input in (Input[])[x, upstream])
            storage.Write(input, Normal(input.Shape.Elements, input == x ? 2 : 3));
        routine = new Routine(program, RoslynCompiler.Backend, storage);
    }

    /// <summary>Causal self-attention of four heads of 16, with both projections.</summary>
    public static ComparedLayer Attention()
    {
        var layer = new CausalSelfAttention("attn", Time, Embed, heads: 4);
        return new("attention", input => layer.Of(input, Packing.None), layer.Parameters);
    }

    /// <summary>Layer norm of 512 rows of 64.</summary>
    public static ComparedLayer LayerNorm()
    {
        var layer = new LayerNorm("ln", Embed);
        return new("layer_norm", layer.Of, layer.Parameters);
    }

    /// <summary>One pass forward and backward.</summary>
    public void Step() => routine.Run();

    /// <summary>What <c>benchmarks/pytorch/layers.py</c> answers too: the sum of result times upstream, then of every gradient's squares.</summary>
    public double[] Sums()
    {
        routine.Run();
        var result = routine.Output().ToArray().Zip(storage.Read(upstream), (y, weight) => (double)y * weight).Sum();
        return [result, .. Enumerable.Range(1, parameters.Count + 1).Select(output => routine.Output(output).ToArray().Sum(number => (double)number * number))];
    }

    /// <summary>Writes the input, the gradient of the result and the parameters for <c>layers.py</c>.</summary>
    public void Export(string folder)
    {
        foreach (var leaf in (Leaf[])[x, upstream, .. parameters])
            File.WriteAllBytes(Path.Combine(folder, $"{leaf.Name}.f32"), MemoryMarshal.AsBytes(storage.Read(leaf).AsSpan()));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        routine.Dispose();
        storage.Dispose();
    }

    static float[] Normal(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble())))];
    }
}
