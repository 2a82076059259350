using Makemore.Files;
using Makemore.Sampling;
using Makemore.Tensors.Roslyn;
using Makemore.Tensors.Running;
using Makemore.Text;
using Makemore.Training;
using Xunit;

namespace Makemore.Models;

public sealed class SequenceModelTests : IDisposable
{
    static readonly Corpus Names = Corpus.FromLines(["emma", "olivia", "ava", "mia", "amelia", "mila", "ella", "eva", "leo", "mateo", "levi", "liam"]);

    readonly TemporaryFolder folder = new();

    public static TheoryData<string> Kinds => [.. ModelCatalog.Available.Keys.Where(ModelCatalog.LearnsLines)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Loss_falls_and_a_step_allocates_nothing(string kind)
    {
        var settings = Settings(kind);
        var data = TrainingData.For(Names, settings);
        using var trainer = new Trainer(ModelCatalog.Create(settings, data.Vocabulary.Count), data, new() { Steps = 300, Batch = 8, LearningRates = [0.01], Optimizer = new() { Kind = OptimizerKind.AdamW, Clip = 1 } }, RoslynCompiler.Backend);
        var first = trainer.Evaluate();
        for (var step = 0; step < 200; step++)
            trainer.Step(step);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 200; step < 300; step++)
            trainer.Step(step);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.InRange(first.Train, 1.5, 4);
        Assert.InRange(trainer.Evaluate().Train, 0, 0.8 * first.Train);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Run_that_was_saved_predicts_and_scores_as_before_however_many_lines_are_computed_at_once(string kind)
    {
        var settings = Settings(kind);
        var data = TrainingData.For(Names, settings);
        var model = ModelCatalog.Create(settings, data.Vocabulary.Count);
        var options = new TrainingOptions { Steps = 30, Batch = 8, LearningRates = [0.01] };
        using var trainer = new Trainer(model, data, options, RoslynCompiler.Backend);
        trainer.Run();
        new RunFolder(folder["run"], new() { Model = settings, Training = options, Alphabet = data.Vocabulary.Alphabet, Data = "lines" }).Save(model, trainer.Storage);

        using var storage = new Storage();
        using var one = RunFolder.Open(folder["run"]).Load(storage, RoslynCompiler.Backend);
        using var many = RunFolder.Open(folder["run"]).Load(storage, RoslynCompiler.Backend, 5);
        string[] lines = ["emma", "ava", "a", "emil", "emilia"];
        var scored = new Scorer(many, data.Vocabulary).Score([.. data.Split.Train, .. lines]).ToList();
        foreach (var (expected, line) in new Scorer(one, data.Vocabulary).Score([.. data.Split.Train, .. lines]).Zip(scored))
            Assert.Equal(expected.LogProbability, line.LogProbability, 1e-4);

        // What the evaluation sums, it sums of the same probabilities.
        var characters = scored.Take(data.Split.Train.Count).SelectMany(line => line.Characters).ToList();
        Assert.Equal(trainer.MeanLoss(data.Train), characters.Average(character => character.Surprise), 1e-4);
        Assert.Equal(data.Examples.Predicted(data.Train), characters.Count);
    }

    [Fact]
    public void Line_that_outgrows_the_positions_goes_on_with_its_end()
    {
        var settings = Settings("transformer");
        var model = ModelCatalog.Create(settings, 12);
        using var storage = new Storage();
        storage.Initialize(model.Parameters, new TorchRandom(1));
        using var predictor = model.Predictor(storage, RoslynCompiler.Backend);
        Assert.Equal(7, predictor.Block);
        Span<double> known = new double[12], changed = new double[12];
        predictor.Predict([1, 2, 3, 4, 5, 6, 7], known);
        Assert.Equal(1, known.ToArray().Sum(), 1e-5);
        predictor.Predict([2, 2, 3, 4, 5, 6, 7], changed);
        Assert.NotEqual(known.ToArray(), changed.ToArray());
        Assert.All(new Sampler(predictor, new Vocabulary("abcdefghijk")).Sample(new TorchRandom(2), new() { MinLength = 12, MaxLength = 20 }).Take(3), line => Assert.InRange(line.Length, 12, 20));
    }

    [Theory]
    [InlineData("transformer", 204_544)]
    [InlineData("bow", 12_827)]
    [InlineData("mlp-makemore", 69_147)]
    [InlineData("rnn", 11_803)]
    [InlineData("gru", 28_315)]
    [InlineData("lstm", 36_763, 1)]
    [InlineData("microgpt", 4_192, 1, 16)]
    public void Models_have_as_many_parameters_as_in_Python(string kind, int parameters, int layers = 4, int width = 64) =>
        Assert.Equal(parameters, ModelCatalog.Create(new() { Model = kind, Block = 16, Embed = 64, Hidden = 64, Layers = layers, Width = width }, 27).ParameterCount);

    [Fact]
    public void Line_that_is_longer_than_the_positions_cannot_be_learned()
    {
        var error = Assert.Throws<MakemoreException>(() => TrainingData.For(Names, Settings("rnn") with { Block = 6 }));
        Assert.Equal("a line has 6 characters, and with 6 positions a model learns lines of up to 5", error.Message);
    }

    public void Dispose() => folder.Dispose();

    static ModelSettings Settings(string kind) =>
        ModelCatalog.Fit(new() { Model = kind, Embed = 8, Hidden = 12, Width = 8, Layers = 2, Heads = 2 }, Names);
}
