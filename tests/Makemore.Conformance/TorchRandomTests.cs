using Makemore.Files;
using Makemore.Tensors.Running;
using Xunit;

namespace Makemore;

/// <summary>The generator against the installed PyTorch itself, bit for bit, one kind of draw after the other.</summary>
public class TorchRandomTests
{
    const int Characters = 27;

    [Fact]
    public void Draws_equal_the_installed_PyTorch()
    {
        var seeds = Enumerable.Range(0, 3).Select(_ => Random.Shared.NextInt64()).Append(-1);
        foreach (var seed in seeds)
            Compare(seed);
    }

    static void Compare(long seed)
    {
        var weights = new float[4 * Characters];
        new TorchRandom(seed).Rand(weights);
        var one = weights[..Characters];
        var rows = weights[Characters..];
        var theirs = Torch.Run(
            "draws.py", TensorData.Of("seed", [], [seed]), TensorData.Of("weights", [Characters], one), TensorData.Of("rows", [3, Characters], rows));
        var random = new TorchRandom(seed, theirs["avx2"].Longs[0] == 1 ? NormalVariant.Avx2 : NormalVariant.Scalar);

        Same<float>("randn 5", theirs["randn 5"].Floats, random.Randn);
        Same<float>("randn 40", theirs["randn 40"].Floats, random.Randn);
        Same<float>("rand 7", theirs["rand 7"].Floats, random.Rand);
        Same<long>("randint 33", theirs["randint 33"].Longs, values => random.RandInt(0L, Characters, values));
        Same<long>("wide randint 6", theirs["wide randint 6"].Longs, values => random.RandInt(-5L, 1L << 40, values));
        SameIndices("randperm 100", random.RandPerm);
        SameIndices("multinomial with replacement", drawn => random.Multinomial(one, drawn, replacement: true));
        SameIndices("multinomial without replacement", drawn => random.Multinomial(one, drawn, replacement: false));
        SameIndices("multinomial of rows", drawn => random.Multinomial(rows, drawn, replacement: false, rows: 3));
        Same<float>("randn 6000", theirs["randn 6000"].Floats, random.Randn);
        Same<float>("randn 3", theirs["randn 3"].Floats, random.Randn);

        void Same<T>(string name, ReadOnlySpan<T> expected, Fill<T> draw)
        {
            var drawn = new T[expected.Length];
            draw(drawn);
            Assert.True(expected.SequenceEqual(drawn, EqualityComparer<T>.Default), $"'{name}' differs from PyTorch at seed {seed}");
        }

        void SameIndices(string name, Fill<int> draw) => Same<int>(name, [.. theirs[name].Longs.ToArray().Select(index => (int)index)], draw);
    }

    delegate void Fill<T>(Span<T> values);
}
