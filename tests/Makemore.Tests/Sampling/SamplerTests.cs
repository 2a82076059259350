using Makemore.Models;
using Makemore.Tensors.Roslyn;
using Makemore.Tensors.Running;
using Xunit;

namespace Makemore.Sampling;

public sealed class SamplerTests : IDisposable
{
    readonly SmallTraining training = new(new() { Steps = 1500, Batch = 16 });
    readonly TrainedNetwork predictor;
    readonly Sampler sampler;

    public SamplerTests()
    {
        predictor = new TrainedNetwork(training.Model, training.Trainer.Storage, RoslynCompiler.Backend);
        sampler = new Sampler(predictor, SmallTraining.Data.Vocabulary);
        training.Trainer.Run();
    }

    [Fact]
    public void Same_seed_gives_the_same_lines() => Assert.Equal(Lines(5), Lines(5));

    [Fact]
    public void Lines_may_be_enumerated_again()
    {
        foreach (var options in (SamplingOptions[])[new(), new() { Unique = true }])
        {
            var lines = sampler.Sample(5, options).Take(70);
            Assert.True(lines.Any());
            Assert.Equal([.. lines], lines.ToArray());
            var ofRandom = sampler.Sample(new TorchRandom(1), options).Take(3);
            Assert.NotEmpty(ofRandom.First());
            Assert.Equal(3, ofRandom.Count());
        }
    }

    // Whoever samples for every request of a service must neither wait for a compiler nor lose memory each time.
    [Fact]
    public void Decoder_that_was_used_is_used_again_and_sees_what_was_learned_since()
    {
        string[] Lines() => [.. sampler.Sample(5).Take(10)];
        var before = Lines();
        var output = training.Trainer.Storage.Read(training.Model.Parameters[^1]);
        output[1] += 5;
        training.Trainer.Storage.Write(training.Model.Parameters[^1], output);
        var after = Lines();
        Assert.NotEqual(before, after);
        using var fresh = new TrainedNetwork(training.Model, training.Trainer.Storage, RoslynCompiler.Backend);
        Assert.Equal(after, new Sampler(fresh, SmallTraining.Data.Vocabulary).Sample(5).Take(10));
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        Lines();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 1_000_000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void No_lines_at_once_are_refused_at_once(int atOnce) => Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Sample(5, atOnce: atOnce));

    [Fact]
    public void Vocabulary_of_another_model_is_refused()
    {
        var other = new Text.Vocabulary("ab");
        Assert.Throws<ArgumentException>(() => new Sampler(predictor, other));
        Assert.Throws<ArgumentException>(() => new Scorer(predictor, other));
    }

    // The usual slip with sequences that are made when they are asked for.
    [Fact]
    public void Lines_asked_for_after_the_model_was_disposed_are_refused()
    {
        var late = LateLines();
        Assert.Throws<ObjectDisposedException>(late.First);
        training.Trainer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => sampler.Sample(5).First());
        Assert.Throws<ObjectDisposedException>(() => sampler.Sample(new TorchRandom(1)).First());
        Assert.Throws<ObjectDisposedException>(() => training.Weights);
    }

    IEnumerable<string> LateLines()
    {
        using var model = new TrainedNetwork(training.Model, training.Trainer.Storage, RoslynCompiler.Backend);
        return new Sampler(model, SmallTraining.Data.Vocabulary).Sample(5);
    }

    [Fact]
    public void Another_seed_gives_other_lines() => Assert.NotEqual(Lines(5), Lines(6));

    [Fact]
    public void Cold_sampling_always_takes_the_likeliest() => Assert.Single(sampler.Sample(new TorchRandom(1), new() { Temperature = 0.01 }).Take(5).Distinct());

    [Fact]
    public void Line_that_does_not_end_is_ended()
    {
        var bias = training.Model.Parameters[^1];
        var output = training.Trainer.Storage.Read(bias);
        output[Text.Vocabulary.EndMarker] = -1e6f;
        training.Trainer.Storage.Write(bias, output);
        Assert.Equal(Sampler.LongestLine, sampler.Sample(new TorchRandom(1)).First().Length);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Parameters_that_are_not_finite_are_told(float value)
    {
        var bias = training.Model.Parameters[^1];
        training.Trainer.Storage.Write(bias, [.. Enumerable.Repeat(value, bias.Shape.Elements)]);
        Assert.Throws<MakemoreException>(() => sampler.Sample(new TorchRandom(1)).First());
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Temperature_that_makes_no_sense_is_refused_before_the_first_line(double temperature) =>
        Assert.Throws<MakemoreException>(() => sampler.Sample(new TorchRandom(1), new() { Temperature = temperature }));

    public void Dispose()
    {
        predictor.Dispose();
        training.Dispose();
    }

    string[] Lines(long seed) => [.. sampler.Sample(new TorchRandom(seed)).Take(10)];
}
