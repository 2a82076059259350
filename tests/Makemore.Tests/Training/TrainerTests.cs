using Makemore.Models;
using Xunit;

namespace Makemore.Training;

public class TrainerTests
{
    static readonly TrainingOptions Options = new() { Steps = 300, Batch = 8 };

    [Fact]
    public void Training_lowers_the_loss()
    {
        using var training = new SmallTraining(Options);
        var before = training.Trainer.Evaluate();
        var result = training.Trainer.Run();
        Assert.Equal((300, Ending.Finished), (result.Steps, result.Ending));
        Assert.True(result.Losses.Train < before.Train - 0.3, $"{before} → {result.Losses}");
        Assert.Equal(result.Losses, training.Trainer.Evaluate());
    }

    [Fact]
    public void Same_seed_gives_the_same_bits()
    {
        using var first = new SmallTraining(Options);
        using var second = new SmallTraining(Options);
        first.Trainer.Run();
        second.Trainer.Run();
        Assert.Equal(first.Weights, second.Weights);
    }

    [Fact]
    public void Interruption_keeps_what_the_steps_so_far_have_learned()
    {
        using var cancellation = new CancellationTokenSource();
        using var interrupted = new SmallTraining(Options with { KeepLast = true });
        var result = interrupted.Trainer.Run(progress => CancelAt(progress, 120, cancellation), cancellation.Token);
        Assert.Equal((120, Ending.Cancelled), (result.Steps, result.Ending));

        using var other = new SmallTraining(Options);
        for (var step = 0; step < 120; step++)
            other.Trainer.Step(step);
        Assert.Equal(other.Weights, interrupted.Weights);
        Assert.Equal(other.Trainer.Evaluate(), result.Losses);
    }

    [Fact]
    public void Interruption_before_the_first_step_does_none()
    {
        using var training = new SmallTraining(Options);
        var result = training.Trainer.Run(cancellation: new CancellationToken(canceled: true));
        Assert.Equal((0, Ending.Cancelled), (result.Steps, result.Ending));
    }

    [Fact]
    public void Reports_tell_the_first_step_and_every_evaluation()
    {
        var reports = new List<TrainingProgress>();
        using var training = new SmallTraining(Options with { Evaluations = 3 });
        training.Trainer.Run(reports.Add);
        Assert.Equal(1, reports[0].Step);
        Assert.Null(reports[0].Losses);
        Assert.Equal([100, 200, 300], reports.Where(report => report.Losses is not null).Select(report => report.Step));
        Assert.All(reports, report => Assert.True(double.IsFinite(report.BatchLoss) && (report.Step == 1 || report.StepsPerSecond > 0)));
    }

    [Fact]
    public void Divergence_finds_step_and_tensor_and_keeps_finite_weights()
    {
        using var training = new SmallTraining(Options with { LearningRates = [0.1, 1e38], KeepLast = true });
        var result = training.Trainer.Run();
        Assert.Equal(Ending.Diverged, result.Ending);
        Assert.Null(result.KeptStep);
        var divergence = result.Divergence!;
        Assert.InRange(divergence.Step, 151, 160);
        Assert.Equal(divergence.Step - 1, result.Steps);
        Assert.Contains(divergence.Tensor, (string[])["preact", "logits", "h", "emb"]);
        Assert.False(double.IsFinite(divergence.Value));
        Assert.Equal(divergence.Tensor, divergence.Cause!.Assignment.Target.Name);
        Assert.NotEmpty(divergence.Cause.Operands);
        Assert.All(training.Weights, weight => Assert.True(float.IsFinite(weight)));

        using var other = new SmallTraining(training.Options);
        for (var step = 0; step < result.Steps; step++)
            other.Trainer.Step(step);
        Assert.Equal(other.Weights, training.Weights);
    }

    [Fact]
    public void Divergence_keeps_the_best_that_was_learned_before()
    {
        using var training = new SmallTraining(Options with { LearningRates = [0.1, 1e38], Evaluations = 3 });
        var losses = new Dictionary<int, Losses>();
        var result = training.Trainer.Run(progress => Take(progress, losses));
        Assert.Equal(Ending.Diverged, result.Ending);
        Assert.Equal(100, result.KeptStep);
        Assert.Equal(losses[100], result.Losses);
        Assert.Equal(losses[100], training.Trainer.Evaluate());
    }

    // All of the weights are finite, and nothing that is computed from them.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    public void Divergence_of_the_last_step_is_one_too(int steps, int evaluations)
    {
        using var training = new SmallTraining(new() { Steps = steps, LearningRates = steps == 1 ? [3e38] : [0.1, 3e38], Evaluations = evaluations });
        var result = training.Trainer.Run();
        Assert.Equal((Ending.Diverged, steps, steps - 1), (result.Ending, result.Divergence!.Step, result.Steps));
        Assert.False(double.IsFinite(result.Divergence.Value));
        Assert.True(double.IsFinite(result.Losses.Dev));
        Assert.Equal(result.Losses, training.Trainer.Evaluate());
    }

    // No step is made that was not made before, however many there would still be.
    [Fact]
    public void Divergence_of_an_interrupted_training_is_of_a_step_that_was_done()
    {
        using var cancellation = new CancellationTokenSource();
        using var training = new SmallTraining(new() { Steps = 1_000_000_000, LearningRates = [3e38] });
        var result = training.Trainer.Run(_ => cancellation.Cancel(), cancellation.Token);
        Assert.Equal((Ending.Diverged, 1, 0), (result.Ending, result.Divergence!.Step, result.Steps));
        Assert.True(double.IsFinite(result.Losses.Dev));
    }

    // The update of step 1,000 makes infinite weights, and its loss, from before, is as finite as ever: the state after it is none to go back to.
    [Fact]
    public void Divergence_behind_a_finite_loss_is_found_where_it_was()
    {
        using var training = new SmallTraining(new() { Steps = 1994, Batch = 8, LearningRates = [1e-9, 1e8], Optimizer = new() { WeightDecay = 1e5 }, KeepLast = true });
        var result = training.Trainer.Run();
        Assert.Equal((Ending.Diverged, 1000), (result.Ending, result.Divergence!.Step));
        Assert.All(training.Weights, weight => Assert.True(float.IsFinite(weight)));
        Assert.True(double.IsFinite(result.Losses.Dev));
    }

    [Fact]
    public void There_are_no_steps_but_those_asked_for()
    {
        using var training = new SmallTraining(Options);
        Assert.Throws<ArgumentOutOfRangeException>(() => training.Trainer.Step(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => training.Trainer.Step(Options.Steps));
    }

    [Fact]
    public void Checked_training_learns_what_an_unchecked_one_learns()
    {
        using var plain = new SmallTraining(Options);
        using var looked = new SmallTraining(Options, check: true);
        Assert.Equal(plain.Trainer.Run().Losses.Dev, looked.Trainer.Run().Losses.Dev, 1e-3);
    }

    [Fact]
    public void Checked_training_stops_at_the_step_and_keeps_the_weights_from_before_it()
    {
        using var training = new SmallTraining(Options with { LearningRates = [0.1, 1e38] }, check: true);
        var result = training.Trainer.Run();
        Assert.Equal(Ending.Diverged, result.Ending);
        Assert.Equal(result.Divergence!.Step - 1, result.Steps);
        Assert.False(double.IsFinite(result.Divergence.Cause!.Value));
        Assert.All(training.Weights, weight => Assert.True(float.IsFinite(weight)));
    }

    [Theory]
    [InlineData("rnn")]
    [InlineData("lstm")]
    [InlineData("transformer")]
    public void Lines_of_hundreds_of_characters_can_be_learned(string model)
    {
        var corpus = Text.Corpus.FromLines(Enumerable.Range(1, 10).Select(line => new string((char)('a' + line), 20 * line)));
        var settings = ModelCatalog.Fit(ModelCatalog.Initial(model), corpus);
        var data = TrainingData.For(corpus, settings);
        Assert.NotEmpty(new LanguageModelProgram(ModelCatalog.Create(settings, data.Vocabulary.Count), data.Examples.Count).Train(32).Program.Outputs);
    }

    [Fact]
    public void Step_that_needs_more_memory_than_there_is_is_refused_at_once()
    {
        var error = Assert.Throws<MakemoreException>(() => StepMemory.Check(Models.ModelCatalog.Create(new() { Hidden = 16_384 }, 27), 65_536));
        Assert.StartsWith("a step would take about ", error.Message);
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd, 0.0)]
    [InlineData(OptimizerKind.Sgd, 0.9)]
    [InlineData(OptimizerKind.Adam, 0.0)]
    [InlineData(OptimizerKind.AdamW, 0.0)]
    public void Step_allocates_nothing_whatever_the_optimizer(OptimizerKind kind, double momentum)
    {
        using var training = new SmallTraining(Options with
        {
            Steps = 2000,
            LearningRates = [0.01],
            Schedule = ScheduleKind.Cosine,
            Warmup = 10,
            Optimizer = new() { Kind = kind, Momentum = momentum, Clip = 1 },
        });
        for (var step = 0; step < 500; step++)
            training.Trainer.Step(step);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 500; step < 1000; step++)
            training.Trainer.Step(step);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Optimizer_without_settings_leaves_the_step_as_gradient_descent_has_it()
    {
        using var training = new SmallTraining(Options);
        var programs = new LanguageModelProgram(training.Model, SmallTraining.Data.Examples.Count);
        var (plain, _) = programs.Train(8);
        var (chosen, _) = programs.Train(8, Optimizer.Of(new(), training.Model.Parameters));
        Assert.Equal(plain.ToString(), chosen.ToString());
        Assert.Matches(@"W1\[block,embed,hidden\] +−= lr·W1\.grad\[block,embed,hidden\]\n", plain.ToString());
    }

    [Fact]
    public void Best_by_dev_loss_is_kept()
    {
        // So few names are learned by heart soon, and dev only suffers.
        var dev = new Dictionary<int, Losses>();
        using var training = new SmallTraining(new() { Steps = 3000, Batch = 16, LearningRates = [0.3] });
        var result = training.Trainer.Run(progress => Take(progress, dev));
        var best = dev.MinBy(pair => pair.Value.Dev);
        Assert.NotEqual(3000, best.Key);
        Assert.Equal((3000, best.Key, best.Value, Ending.Finished), (result.Steps, result.KeptStep, result.Losses, result.Ending));
        Assert.Equal(best.Value, training.Trainer.Evaluate());
    }

    [Fact]
    public void Last_parameters_are_kept_if_asked_for()
    {
        var dev = new Dictionary<int, Losses>();
        using var training = new SmallTraining(new() { Steps = 3000, Batch = 16, LearningRates = [0.3], KeepLast = true });
        var result = training.Trainer.Run(progress => Take(progress, dev));
        Assert.Equal((3000, null, dev[3000]), (result.Steps, result.KeptStep, result.Losses));
        Assert.Equal(dev[3000], training.Trainer.Evaluate());
    }

    [Fact]
    public void Training_ends_early_when_patience_is_at_an_end()
    {
        var dev = new Dictionary<int, Losses>();
        using var training = new SmallTraining(new() { Steps = 30_000, Batch = 16, LearningRates = [0.3], Evaluations = 100, Patience = 3 });
        var result = training.Trainer.Run(progress => Take(progress, dev));
        var best = dev.MinBy(pair => pair.Value.Dev);
        Assert.Equal((Ending.Stopped, best.Key, best.Key + 900), (result.Ending, result.KeptStep, result.Steps));
        Assert.Equal(best.Value, training.Trainer.Evaluate());
    }

    [Fact]
    public void Sweep_of_learning_rates_ends_when_the_loss_blows_up()
    {
        using var training = new SmallTraining(Options with { Steps = LearningRateFinder.Steps });
        var tried = LearningRateFinder.Sweep(training.Trainer);
        Assert.Equal(LearningRateFinder.Least, tried[0].Rate);
        Assert.All(tried, point => Assert.True(double.IsFinite(point.Loss)));
        Assert.Equal(tried.Select(point => point.Rate), tried.Select(point => point.Rate).Order());
        Assert.InRange(LearningRateFinder.Suggest(tried), 0.001, 2);
    }

    static void Take(TrainingProgress progress, Dictionary<int, Losses> losses)
    {
        if (progress.Losses is { } evaluated)
            losses.Add(progress.Step, evaluated);
    }

    static void CancelAt(TrainingProgress progress, int step, CancellationTokenSource cancellation)
    {
        // Evaluations are reported at their exact step: with ten of them at 300 steps, 120 is one.
        if (progress.Step == step)
            cancellation.Cancel();
    }
}
