using System.Globalization;
using Makemore.Models;
using Makemore.Tensors.Roslyn;
using Makemore.Text;
using Makemore.Training;
using Xunit;

namespace Makemore;

/// <summary>What each model reaches on the lectures' names as it is trained unless told otherwise. Trainings take minutes, and run only when asked for.</summary>
[Trait("Category", "Long")]
public class DefaultTrainingTests(ITestOutputHelper output)
{
    const string Asked = "MAKEMORE_LONG";

    static readonly long[] Seeds = [2147483647, 1, 2];

    [Theory]
    [InlineData("mlp", 2.13)]
    [InlineData("mlp-bn", 2.12)]
    [InlineData("wavenet", 2.01)]
    [InlineData("wavenet-dilated", 2.01)]
    [InlineData("rnn", 2.06)]
    [InlineData("gru", 2.06)]
    [InlineData("lstm", 2.06)]
    [InlineData("transformer", 2.00)]
    public void Dev_loss_is_reached_with_three_seeds(string model, double most)
    {
        if (Environment.GetEnvironmentVariable(Asked) is null)
            Assert.Skip($"three trainings take minutes; set {Asked}=1, or run .ci/run --long");
        foreach (var seed in Seeds)
        {
            using var trainer = DefaultTraining.Begin(model, Lectures.Names, RoslynCompiler.Backend, seed: seed);
            var result = trainer.Run();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model}, seed {seed}: train {result.Losses.Train:F4}, dev {result.Losses.Dev:F4}, {result.Elapsed.TotalSeconds:F0} s"));
            Assert.True(result.Losses.Dev <= most, $"{model}, seed {seed}: dev {result.Losses.Dev:F4}, and {most:F2} is asked");
        }
    }

    [Theory]
    [InlineData(SplitKind.Lecture, 1.99)]
    [InlineData(SplitKind.Unique, 2.01)]
    public void Five_grams_reach_theirs(SplitKind split, double most)
    {
        var settings = ModelCatalog.Initial("ngram");
        var data = TrainingData.For(Lectures.Names, settings, split);
        using var model = data.Counted(settings);
        var dev = model.MeanLoss(data.Examples, data.Dev);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{split}: dev {dev:F4}"));
        Assert.True(dev <= most, $"dev {dev:F4}, and {most:F2} is asked");
    }
}
