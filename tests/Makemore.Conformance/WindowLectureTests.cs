using System.Globalization;
using System.Text.Json;
using Makemore.Models;
using Makemore.Tensors.Roslyn;
using Makemore.Tensors.Running;
using Makemore.Training;
using Xunit;

namespace Makemore;

/// <summary>The models of parts 1, 3 and 5, trained with the lectures' seeds: their losses are the notebooks'.</summary>
public class WindowLectureTests
{
    const double TraceTolerance = 5e-4, FinalTolerance = 1e-4;

    // Of makemore_part5_cnn1.ipynb: torch.manual_seed(42).
    static readonly (int Step, double Loss)[] WaveNetTrace = [(0, 3.3167), (10_000, 2.0576), (20_000, 2.0723)];

    [Theory]
    [InlineData("mlp-bn", Norm.Batch, "parameters of the BatchNorm MLP")]
    [InlineData("mlp-deep", Norm.Batch, "parameters of the 6-layer BN net")]
    public void Models_of_part_3_have_as_many_parameters_as_in_the_lecture(string model, Norm norm, string figure) =>
        Assert.Equal(Lectures.Figure("part3", figure).GetInt32(), Create(model, norm).ParameterCount);

    [Fact]
    public void Models_without_a_figure_have_as_many_parameters_as_their_notebooks_say()
    {
        Assert.Equal(46_497, Create("mlp-deep", Norm.None).ParameterCount);
        Assert.Equal(76_579, Create("wavenet").ParameterCount);
        Assert.Equal(27 * 27, Create("bigram-net").ParameterCount);
    }

    [Fact]
    public void Net_of_part_1_loses_what_the_lecture_says()
    {
        var data = new TrainingData(Lectures.Names, block: 1);
        var all = data.Examples.Count;
        var model = Create("bigram-net");
        var programs = new LanguageModelProgram(model, all);
        using var storage = new Storage();
        storage.Write(programs.Contexts, data.Examples.Contexts);
        storage.Write(programs.Targets, data.Examples.Targets);
        storage.Initialize(model.Tensors, new TorchRandom(2147483647));
        var (program, batch) = programs.Train(all);
        using var step = new Routine(program, RoslynCompiler.Backend, storage);
        storage.Write(batch.Numbers, Enumerable.Range(0, all).ToArray());
        storage.Write(programs.LearningRate, 50f);

        var losses = new List<float>();
        while (losses.Count < 100)
        {
            step.Run();
            losses.Add(step.Output()[0]);
        }

        CheckTrace(Lectures.Figure("part1", "full-batch GD trace, loss incl. 0.01*(W**2).mean()"), losses, 1e-4);
    }

    [Fact]
    public void Batch_norm_of_part_3_ends_at_the_notebooks_losses_with_running_and_with_calibrated_statistics()
    {
        using var trainer = new Trainer(Create("mlp-bn"), Lectures.Data, new TrainingOptions(), RoslynCompiler.Backend);

        var losses = Enumerable.Range(0, 200_000).Select(trainer.Step).ToList();

        CheckTrace(Lectures.Figure("part3", "loss trace"), losses, TraceTolerance);
        var final = Lectures.Figure("part3", "split_loss with running stats");
        CheckLosses(final.GetProperty("train").GetDouble(), final.GetProperty("val").GetDouble(), trainer.Evaluate());

        // The lecture's cell 9, as the reference computed it.
        trainer.Calibrate();
        CheckLosses(2.0677597522735596, 2.1055991649627686, trainer.Evaluate());
    }

    [Fact]
    public void Six_layers_of_part_3_end_at_the_notebooks_losses()
    {
        using var trainer = Steps("mlp-deep", Norm.Batch, gain: 1, out var losses);
        Assert.Equal(Lectures.Figure("part3", "first loss of the 6-layer BN net").GetDouble(), losses[0], 1e-4);
        var evaluated = Lectures.Figure("part3", "split_loss after 1001 steps, eval mode");
        CheckLosses(evaluated.GetProperty("train").GetDouble(), evaluated.GetProperty("val").GetDouble(), trainer.Evaluate());
    }

    [Theory]
    [InlineData("noBN gain 5/3, 1001 steps", Norm.None, 5.0 / 3)]
    [InlineData("BN gain 5/3, 1001 steps", Norm.Batch, 5.0 / 3)]
    [InlineData("BN gain 0.2, 1001 steps", Norm.Batch, 0.2)]
    [InlineData("noBN gain 0.5, 1 step", Norm.None, 0.5)]
    [InlineData("noBN gain 3, 1 step", Norm.None, 3.0)]
    public void Six_layers_lose_what_the_lecture_says_for_every_gain(string table, Norm norm, double gain)
    {
        using var trainer = Steps("mlp-deep", norm, gain, out var losses);
        foreach (var snapshot in Lectures.Figure("part3", "video tables for the 6-layer net (gains, with/without BN)").GetProperty(table).GetProperty("snapshots").EnumerateObject())
            Assert.Equal(snapshot.Value.GetProperty("loss").GetDouble(), losses[int.Parse(snapshot.Name, CultureInfo.InvariantCulture)], TraceTolerance);
    }

    [Fact]
    public void Hierarchy_of_part_5_loses_what_the_notebook_says()
    {
        var data = new TrainingData(Lectures.Names, block: 8);
        var options = new TrainingOptions { Seed = 42, LearningRates = [0.1, 0.1, 0.1, 0.01] };
        using var trainer = new Trainer(Create("wavenet"), data, options, RoslynCompiler.Backend);

        var losses = Enumerable.Range(0, WaveNetTrace[^1].Step + 1).Select(trainer.Step).ToList();

        Assert.All(WaveNetTrace, printed => Assert.Equal(printed.Loss, losses[printed.Step], TraceTolerance));
    }

    static Trainer Steps(string model, Norm norm, double gain, out List<float> losses)
    {
        var trainer = new Trainer(Create(model, norm, gain), Lectures.Data, new TrainingOptions(), RoslynCompiler.Backend);
        losses = [.. Enumerable.Range(0, 1001).Select(trainer.Step)];
        return trainer;
    }

    static LanguageModel Create(string model, Norm norm = Norm.Batch, double gain = 1) =>
        ModelCatalog.Create(ModelCatalog.Initial(model) with { Norm = norm, Gain = gain }, vocabulary: 27);

    static void CheckTrace(JsonElement trace, List<float> losses, double tolerance)
    {
        foreach (var printed in trace.EnumerateObject())
        {
            if (int.Parse(printed.Name, CultureInfo.InvariantCulture) is var step && step < losses.Count)
                Assert.Equal(printed.Value.GetDouble(), losses[step], tolerance);
        }
    }

    static void CheckLosses(double train, double dev, Losses actual)
    {
        Assert.Equal(train, actual.Train, FinalTolerance);
        Assert.Equal(dev, actual.Dev, FinalTolerance);
    }
}
