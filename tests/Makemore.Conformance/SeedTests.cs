using Makemore.Tensors.Roslyn;
using Makemore.Training;
using Xunit;

namespace Makemore;

/// <summary>A good result is no accident of one seed.</summary>
public class SeedTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(42)]
    [InlineData(3407)]
    public void Training_reaches_the_lectures_losses_from_any_seed(long seed)
    {
        using var trainer = new Trainer(Lectures.Mlp(), Lectures.Data, new TrainingOptions { Seed = seed, Evaluations = 1 }, RoslynCompiler.Backend);

        var result = trainer.Run(cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(Ending.Finished, result.Ending);
        Assert.True(result.Losses.Train <= 2.06, $"train {result.Losses.Train}");
        Assert.True(result.Losses.Dev <= 2.13, $"dev {result.Losses.Dev}");
    }
}
