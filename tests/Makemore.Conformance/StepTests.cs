using Makemore.Files;
using Makemore.Models;
using Makemore.Tensors.Roslyn;
using Makemore.Text;
using Makemore.Training;
using Xunit;

namespace Makemore;

/// <summary>Steps of the trainer against the same steps in PyTorch: same weights at first, same generator, same batches.</summary>
public class StepTests
{
    [Theory]
    [InlineData(1, 32, 2147483647)]
    [InlineData(1, 5, 42)]
    [InlineData(100, 32, 3407)]
    public void Steps_of_gradient_descent_end_at_PyTorchs_weights(int steps, int batch, long seed)
    {
        var data = new TrainingData(BuiltInDataset.Load("names"), block: 3);
        var model = ModelCatalog.Create(new ModelSettings(), data.Vocabulary.Count);
        var options = new TrainingOptions { Steps = steps, Batch = batch, Seed = seed, LearningRates = [0.1] };
        using var trainer = new Trainer(model, data, options, RoslynCompiler.Backend);
        var examples = data.Train.End.Value;
        var theirs = Torch.Run(
            "steps.py",
            [
                .. model.Parameters.Select(parameter => TensorData.Of(parameter.Name, [.. parameter.Shape.Select(axis => axis.Length)], trainer.Storage.Read(parameter))),
                TensorData.Of("contexts", [examples, 3], [.. data.Examples.Contexts.Take(examples * 3).Select(token => (long)token)]),
                TensorData.Of("targets", [examples], [.. data.Examples.Targets.Take(examples).Select(token => (long)token)]),
                TensorData.Of("seed", [], [seed]),
                TensorData.Of("steps", [], [(long)steps]),
                TensorData.Of("batch", [], [(long)batch]),
                TensorData.Of("lr", [], [0.1f]),
            ]);

        var losses = Enumerable.Range(0, steps).Select(trainer.Step).ToArray();

        Near.Equal(theirs["losses"].Floats, losses, 1e-5, "losses");
        foreach (var parameter in model.Parameters)
            Near.Equal(theirs[parameter.Name].Floats, trainer.Storage.Read(parameter), 1e-5, parameter.Name);
    }
}
