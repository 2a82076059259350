using Makemore.Files;
using Makemore.Models;
using Makemore.Tensors.Roslyn;
using Makemore.Tensors.Running;
using Makemore.Text;
using Makemore.Training;
using Xunit;

namespace Makemore;

/// <summary>Twenty steps with each optimizer against PyTorch's of that name: same weights at first, same batches.</summary>
public class OptimizerTests
{
    const int Steps = 20;
    const int Batch = 32;
    const long Seed = 7;

    public static TheoryData<OptimizerSettings, double> Cases => new()
    {
        { new(), 0.1 },
        { new() { WeightDecay = 0.1 }, 0.1 },
        { new() { Momentum = 0.9 }, 0.03 },
        { new() { Momentum = 0.9, WeightDecay = 0.01 }, 0.03 },
        { new() { Momentum = 0.8, Nesterov = true }, 0.03 },
        { new() { Momentum = 0.8, Nesterov = true, WeightDecay = 0.01, Clip = 0.5 }, 0.03 },
        { new() { Clip = 0.3 }, 0.5 },
        { new() { Clip = 1000 }, 0.1 },
        { new() { Kind = OptimizerKind.Adam }, 0.005 },
        { new() { Kind = OptimizerKind.Adam, Beta1 = 0.8, Beta2 = 0.95, WeightDecay = 0.1, Clip = 1 }, 0.005 },
        { new() { Kind = OptimizerKind.AdamW }, 0.005 },
        { new() { Kind = OptimizerKind.AdamW, Beta1 = 0, Beta2 = 0.9, WeightDecay = 0.3 }, 0.01 },
        { new() { Kind = OptimizerKind.AdamW, WeightDecay = 0, Clip = 0.1 }, 0.005 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Steps_end_at_PyTorchs_weights(OptimizerSettings settings, double rate)
    {
        var data = new TrainingData(BuiltInDataset.Load("names"), block: 3);
        var model = ModelCatalog.Create(new ModelSettings { Embed = 6, Hidden = 30 }, data.Vocabulary.Count);
        var options = new TrainingOptions { Steps = Steps, Batch = Batch, Seed = Seed, LearningRates = [rate], Optimizer = settings };
        options.Validate();
        using var trainer = new Trainer(model, data, options, RoslynCompiler.Backend);
        var examples = data.Train.End.Value;
        var given = model.Parameters.Select(parameter => TensorData.Of(parameter.Name, [.. parameter.Shape.Select(axis => axis.Length)], trainer.Storage.Read(parameter))).ToList();
        var before = model.Parameters.Select(parameter => trainer.Storage.Read(parameter)).ToList();
        var decay = settings.WeightDecay ?? (settings.Kind == OptimizerKind.AdamW ? 0.01 : 0);
        var theirs = Torch.Run(
            "optimizers.py",
            [
                .. given,
                TensorData.Of("contexts", [examples, 3], [.. data.Examples.Contexts.Take(examples * 3).Select(token => (long)token)]),
                TensorData.Of("targets", [examples], [.. data.Examples.Targets.Take(examples).Select(token => (long)token)]),
                TensorData.Of("rows", [Steps, Batch], Rows(model, examples)),
                TensorData.Of("settings", [8], [(double)settings.Kind, rate, settings.Momentum, settings.Nesterov ? 1 : 0, settings.Beta1, settings.Beta2, decay, settings.Clip]),
            ]);

        for (var step = 0; step < Steps; step++)
            trainer.Step(step);

        foreach (var (parameter, first) in model.Parameters.Zip(before))
        {
            Near.Equal(theirs[parameter.Name].Floats, trainer.Storage.Read(parameter), 1e-5, parameter.Name);
            Assert.NotEqual(first, trainer.Storage.Read(parameter));
        }
    }

    // The trainer's own: one generator, first for the parameters and then for the batches.
    static long[] Rows(LanguageModel model, int examples)
    {
        var random = new TorchRandom(Seed);
        using var storage = new Storage();
        storage.Initialize(model.Parameters, random);
        var rows = new int[Steps * Batch];
        for (var step = 0; step < Steps; step++)
            random.RandInt(0, examples, rows.AsSpan(step * Batch, Batch));
        return [.. rows.Select(row => (long)row)];
    }
}
