using Makemore.Files;
using Makemore.Sampling;
using Makemore.Tensors.Roslyn;
using Makemore.Tensors.Running;
using Makemore.Text;
using Makemore.Training;
using Xunit;

namespace Makemore.Models;

/// <summary>The models of a window of characters, each small: they learn, are used as they were trained, saved and read back.</summary>
public sealed class WindowModelTests : IDisposable
{
    static readonly TrainingOptions Options = new()
    {
        Steps = 300,
        Batch = 8,
        LearningRates = [0.01],
        Optimizer = new() { Kind = OptimizerKind.AdamW },
    };

    readonly TemporaryFolder folder = new();

    public static TheoryData<ModelSettings> Models =>
    [
        new ModelSettings { Model = "bigram" },
        new ModelSettings { Model = "bigram-net" },
        new ModelSettings { Model = "mlp-bn", Embed = 4, Hidden = 16 },
        new ModelSettings { Model = "mlp-deep", Embed = 4, Hidden = 16, Norm = Norm.Batch },
        new ModelSettings { Model = "mlp-deep", Embed = 4, Hidden = 16, Norm = Norm.None },
        new ModelSettings { Model = "wavenet", Block = 4, Embed = 4, Hidden = 16 },
        new ModelSettings { Model = "wavenet-dilated", Block = 4, Hidden = 16 },
    ];

    [Theory]
    [MemberData(nameof(Models))]
    public void Training_lowers_the_loss_and_what_was_saved_predicts_the_same(ModelSettings settings)
    {
        var data = Data(settings);
        var model = ModelCatalog.Create(settings, data.Vocabulary.Count);
        using var trainer = new Trainer(model, data, Options, RoslynCompiler.Backend);
        var before = trainer.Evaluate();
        var result = trainer.Run();
        Assert.True(result.Losses.Train < before.Train - 0.2, $"{before} → {result.Losses}");

        var config = new RunConfig { Model = settings, Training = Options, Alphabet = data.Vocabulary.Alphabet, Data = "lines" };
        new RunFolder(folder["run"], config).Save(model, trainer.Storage);
        using var storage = new Storage();
        using var saved = RunFolder.Open(folder["run"]).Load(storage, RoslynCompiler.Backend);
        Assert.Equal(result.Losses.Train, MeanLoss(saved, data), 1e-5);
        Assert.Equal(5, new Sampler(saved, data.Vocabulary).Sample(new TorchRandom(1)).Take(5).Count());
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Step_allocates_nothing(ModelSettings settings)
    {
        using var trainer = Train(settings);
        for (var step = 0; step < 200; step++)
            trainer.Step(step);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 200; step < 300; step++)
            trainer.Step(step);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Default_training_of_each_model_makes_sense(ModelSettings settings)
    {
        DefaultTraining.Of(settings.Model).Validate();
        ModelCatalog.Validate(ModelCatalog.Initial(settings.Model));
        Assert.Equal(settings.Model, ModelCatalog.Initial(settings.Model).Model);
    }

    [Fact]
    public void Lectures_training_is_that_of_the_mlp() => Assert.Equal(new TrainingOptions() with { LearningRates = [] }, DefaultTraining.Of("mlp") with { LearningRates = [] });

    [Fact]
    public void Calibrated_statistics_are_those_of_all_examples()
    {
        var settings = new ModelSettings { Model = "mlp-bn", Embed = 4, Hidden = 16 };
        var data = Data(settings);
        var model = ModelCatalog.Create(settings, data.Vocabulary.Count);
        using var trainer = new Trainer(model, data, Options with { Calibrate = true }, RoslynCompiler.Backend);
        var result = trainer.Run();
        Assert.Equal(result.Losses, trainer.Evaluate());

        float[] Tensor(string name) => trainer.Storage.Read(model.Tensors.Single(tensor => tensor.Name == name));
        var (table, weight) = (Tensor("C"), Tensor("W1"));
        for (var neuron = 0; neuron < 16; neuron++)
        {
            var values = Enumerable.Range(0, data.Train.End.Value).Select(example =>
                Enumerable.Range(0, 12).Sum(i => (double)table[(data.Examples.Context(example)[i / 4] * 4) + (i % 4)] * weight[(i * 16) + neuron])).ToList();
            var mean = values.Average();
            Assert.Equal(mean, Tensor("bnmean_running")[neuron], 1e-4);
            Assert.Equal(Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1)), Tensor("bnstd_running")[neuron], 1e-4);
        }
    }

    [Theory]
    [InlineData("mlp-deep")]
    [InlineData("wavenet")]
    public void Calibration_sets_norms_one_after_another(string name)
    {
        // A norm whose statistics are wrong makes all later ones see something else; calibrated twice, nothing moves any more.
        var settings = new ModelSettings { Model = name, Block = 4, Embed = 4, Hidden = 16 };
        using var trainer = Train(settings);
        for (var step = 0; step < 20; step++)
            trainer.Step(step);
        var before = trainer.Evaluate();
        trainer.Calibrate();
        var once = trainer.Evaluate();
        trainer.Calibrate();
        Assert.NotEqual(before.Train, once.Train);
        Assert.Equal(once.Train, trainer.Evaluate().Train, 1e-6);
    }

    [Fact]
    public void Running_statistics_belong_to_what_a_training_goes_back_to()
    {
        // With so great a rate numbers cease to be finite; what is kept are the weights and the statistics from before.
        var settings = new ModelSettings { Model = "mlp-bn", Embed = 4, Hidden = 16 };
        var data = Data(settings);
        var model = ModelCatalog.Create(settings, data.Vocabulary.Count);
        using var trainer = new Trainer(model, data, Options with { LearningRates = [0.1, 1e38], Optimizer = new() }, RoslynCompiler.Backend);
        Assert.Equal(Ending.Diverged, trainer.Run().Ending);
        Assert.All(model.Tensors, tensor => Assert.All(trainer.Storage.Read(tensor), number => Assert.True(float.IsFinite(number))));
    }

    public void Dispose() => folder.Dispose();

    static Trainer Train(ModelSettings settings) =>
        new(ModelCatalog.Create(settings, Data(settings).Vocabulary.Count), Data(settings), Options, RoslynCompiler.Backend);

    static TrainingData Data(ModelSettings settings) => new(SmallTraining.Data.Corpus, ModelCatalog.Block(settings));

    static double MeanLoss(IPredictor predictor, TrainingData data)
    {
        var probabilities = new double[predictor.Tokens];
        return Enumerable.Range(0, data.Train.End.Value).Average(example =>
        {
            predictor.Predict(data.Examples.Context(example), probabilities);
            return -Math.Log(probabilities[data.Examples.Targets[example]]);
        });
    }
}
