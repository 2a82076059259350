using Makemore.Sampling;
using Makemore.Tensors.Roslyn;
using Makemore.Tensors.Running;
using Makemore.Text;
using Xunit;

namespace Makemore.Models;

/// <summary>Lines are the same whatever a model keeps of their characters, and however many are made at once.</summary>
public class DecoderTests
{
    const int Positions = 8;
    const long Seed = 42;

    static readonly Vocabulary Letters = new("abcdefghijk");

    public static TheoryData<string> Models => [.. ModelCatalog.Available.Keys.Where(model => !ModelCatalog.IsCounted(model))];

    [Theory]
    [MemberData(nameof(Models))]
    public void Lines_are_the_same_with_what_was_kept_and_without(string kind)
    {
        using var network = new Network(kind);
        var anew = network.Lines(300, 32, anew: true);
        Assert.Equal(anew, network.Lines(300, 32));
        Assert.True(anew.Distinct().Count() > 50);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Lines_are_the_same_however_many_are_made_at_once(string kind)
    {
        using var network = new Network(kind);
        var alone = network.Lines(100, 1);
        Assert.Equal(alone, network.Lines(100, 5));
        Assert.Equal(alone, network.Lines(100, 64));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Lines_that_outgrow_the_positions_are_the_same_too(string kind)
    {
        using var network = new Network(kind);
        var options = new SamplingOptions { MinLength = Positions - 2, MaxLength = 2 * Positions };
        var anew = network.Lines(50, 8, anew: true, options);
        Assert.Equal(anew, network.Lines(50, 8, anew: false, options));
        Assert.Equal(anew, network.Lines(50, 1, anew: false, options));
        Assert.Contains(anew, line => line.Length > Positions);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Probabilities_are_those_of_the_whole_line(string kind)
    {
        using var network = new Network(kind);
        using var predictor = network.Model.Predictor(network.Storage, RoslynCompiler.Backend);
        using var decoder = predictor.Decoder(2);
        int[] line = [0, 3, 1, 4, 1, 5, 9, 2, 6, 5, 3];
        var context = new int[predictor.Block];
        var expected = new double[predictor.Tokens];
        for (var position = 0; position < line.Length; position++)
        {
            context.AsSpan(1).CopyTo(context);
            context[^1] = line[position];
            predictor.Predict(context, expected);
            var actual = decoder.Step([0, line[position]], [0, position])[predictor.Tokens..];
            for (var token = 0; token < expected.Length; token++)
                Assert.Equal(expected[token], actual[token], 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Line_goes_on_from_a_beginning_that_another_went_through(string kind)
    {
        using var network = new Network(kind);
        using var decoder = new NetworkDecoder(network.Model, network.Storage, RoslynCompiler.Backend, 2);
        int[] line = [0, 5, 2, 9, 7, 7, 1, 3, 8, 4, 6];
        var kept = new float[line.Length][];
        var expected = new float[line.Length][];
        for (var position = 0; position < line.Length; position++)
        {
            expected[position] = [.. decoder.Step([line[position], 0], [position, 0])[..Letters.Count]];
            decoder.Save(0, kept[position] = new float[decoder.Kept]);
        }

        for (var length = 1; length < line.Length; length++)
        {
            decoder.Recall(1, line.AsSpan(0, length), kept.AsSpan(0, length));
            for (var position = length; position < line.Length; position++)
                Assert.Equal(expected[position], decoder.Step([0, line[position]], [0, position])[Letters.Count..]);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Step_allocates_nothing(string kind)
    {
        using var network = new Network(kind);
        using var decoder = new NetworkDecoder(network.Model, network.Storage, RoslynCompiler.Backend, 3);
        int[] tokens = [0, 1, 2], positions = [0, 0, 0];
        for (var step = 0; step < 40; step++)
            decoder.Step(tokens, positions);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 0; step < 40; step++)
            decoder.Step(tokens, positions);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    sealed class Network : IDisposable
    {
        public Network(string kind)
        {
            Model = ModelCatalog.Create(new() { Model = kind, Block = Positions, Embed = 8, Hidden = 12, Width = 8, Layers = 2, Heads = 2, Norm = Norm.Batch, Gain = 1 }, Letters.Count);
            Storage.Initialize(Model.Tensors, new TorchRandom(7));
        }

        public LanguageModel Model { get; }

        public Storage Storage { get; } = new();

        public string[] Lines(int count, int atOnce, bool anew = false, SamplingOptions? options = null)
        {
            using var predictor = Model.Predictor(Storage, RoslynCompiler.Backend);
            var sampler = new Sampler(predictor, Letters);
            return [.. sampler.Sample(Seed, options ?? new() { MaxLength = Positions + 3 }, () => new NetworkDecoder(Model, Storage, RoslynCompiler.Backend, atOnce, anew)).Take(count)];
        }

        public void Dispose() => Storage.Dispose();
    }
}
