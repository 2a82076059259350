using Makemore.Models;
using Makemore.Tensors.Backends;
using Makemore.Tensors.Backends.Checking;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Running;

namespace Makemore.Training;

/// <summary>Trains a model: seeded initialisation, random batches, gradient descent, evaluation on the whole train and dev parts.</summary>
/// <remarks>
/// Random numbers are drawn as in the lectures: one generator for the parameters, in order, and then for the batches. The same
/// seed on the same machine gives the same bits.
/// </remarks>
public sealed class Trainer : IDisposable
{
    // Far enough apart to cost nothing, near enough that finding the step where numbers ceased to be finite takes no time.
    const int StepsBetweenSnapshots = 1000;
    static readonly TimeSpan BetweenReports = TimeSpan.FromMilliseconds(100);

    readonly LanguageModel model;
    readonly TrainingData data;
    readonly TrainingOptions options;
    readonly IBackend backend;
    readonly TimeProvider time;
    readonly LanguageModelProgram programs;
    readonly TorchRandom random;
    readonly Batch batch;
    readonly int[] drawn;
    readonly Optimizer optimizer;
    readonly IReadOnlyList<Parameter> state;
    readonly StepRunner step;
    readonly Evaluator evaluator;
    NotFinite? notFinite;
    float writtenRate = float.NaN;

    /// <summary>A training about to begin: everything compiled, the parameters initialised.</summary>
    /// <param name="model">What is trained.</param>
    /// <param name="data">What it learns.</param>
    /// <param name="options">How.</param>
    /// <param name="backend">What compiles its programs.</param>
    /// <param name="time">The clock for reports; the system's if null.</param>
    /// <param name="check">Whether every number of every step is checked, not only the loss: slower, and finds what never reaches the loss.</param>
    /// <param name="threads">
    /// How many threads share a step; null for as many as pay on this machine. Results are the same bits on any number. Backends that are
    /// no <see cref="IPhasedBackend"/>, and checked steps, have one.
    /// </param>
    /// <exception cref="MakemoreException">An option makes no sense.</exception>
    public Trainer(LanguageModel model, TrainingData data, TrainingOptions options, IBackend backend, TimeProvider? time = null, bool check = false, int? threads = 1)
    {
        options.Validate();
        if (options.Calibrate && model.State.Count == 0)
            throw new MakemoreException("there is nothing to calibrate: the model has no batch normalisation; leave --calibrate out");
        (this.model, this.data, this.options, this.backend, this.time) = (model, data, options, backend, time ?? TimeProvider.System);
        programs = new LanguageModelProgram(model, data.Examples.Count);
        programs.Write(Storage, data.Examples);
        random = new TorchRandom(options.Seed);
        Storage.Initialize(model.Tensors, random);
        optimizer = Optimizer.Of(options.Optimizer, model.Parameters);
        state = [.. model.Tensors, .. optimizer.State];
        (var program, batch) = programs.Train(options.Batch, optimizer, options.Optimizer.Clip);
        drawn = new int[options.Batch];
        step = new StepRunner(program, check ? new CheckedBackend(backend) : backend, Storage, threads, this.time);
        evaluator = new Evaluator(programs, backend, Storage);
    }

    /// <summary>The parameters, as far as they have come.</summary>
    public Storage Storage { get; } = new();

    /// <summary>What is trained.</summary>
    public LanguageModel Model => model;

    /// <summary>What it learns.</summary>
    public TrainingData Data => data;

    /// <summary>How it is trained.</summary>
    public TrainingOptions Options => options;

    /// <summary>The losses over the whole train and dev parts.</summary>
    public Losses Evaluate() => new(MeanLoss(data.Train), MeanLoss(data.Dev));

    /// <summary>The mean loss over a part of the data.</summary>
    public double MeanLoss(Range part) => evaluator.MeanLoss(part, data.Examples);

    /// <summary>Runs all steps, or as many as it may, and keeps the parameters with the lowest dev loss or the last.</summary>
    /// <param name="report">Called after the first step, about ten times a second, and with the losses at each evaluation.</param>
    /// <param name="cancellation">Ends the training after the current step; what was learned is kept.</param>
    public TrainingResult Run(Action<TrainingProgress>? report = null, CancellationToken cancellation = default)
    {
        var reporter = new Reporter(options.Steps, time, report);
        var snapshot = new Snapshot(state, Storage, random);
        var best = new BestState(new Snapshot(state, Storage, random));
        var (done, stopped) = (0, false);
        Losses? evaluated = null;
        for (; done < options.Steps && !stopped && !cancellation.IsCancellationRequested; done++)
        {
            if (done % StepsBetweenSnapshots == 0)
            {
                // The loss of the last step was from before its update.
                if (done > 0 && !AreFinite())
                    return Diverged(done, snapshot, best, reporter);
                snapshot.Take(done);
            }

            var loss = CaughtStep(done);
            if (!float.IsFinite(loss))
                return Diverged(done + 1, snapshot, best, reporter);
            reporter.Add(loss);
            if (done == 0)
                reporter.Report(1, null);
            reporter.ReportIfDue(done + 1, BetweenReports);
            evaluated = EvaluationDue(done + 1) ? Evaluated(done + 1, best, reporter) : null;
            stopped = options.Patience > 0 && best.Waited >= options.Patience;
        }

        if (done == 0)
            return new(0, new(double.NaN, double.NaN), reporter.Elapsed, Ending.Cancelled);
        if (!AreFinite())
            return Diverged(done, snapshot, best, reporter);
        var losses = evaluated ?? Evaluated(done, best, reporter);
        if (!double.IsFinite(losses.Train + losses.Dev))
            return Diverged(done, snapshot, best, reporter);
        var ending = stopped ? Ending.Stopped : done < options.Steps ? Ending.Cancelled : Ending.Finished;
        TrainingResult result = !options.KeepLast && best.Losses is { } lowest && lowest.Dev < losses.Dev
            ? new(done, lowest, reporter.Elapsed, ending, KeptStep: best.Restore())
            : new(done, losses, reporter.Elapsed, ending);
        if (!options.Calibrate)
            return result;
        Calibrate();
        return result with { Losses = Evaluate() };
    }

    /// <summary>Sets the statistics of the model's norms to what they are over the whole train part.</summary>
    public void Calibrate() => NormCalibration.Run(programs, backend, Storage, data.Examples, data.Train);

    /// <summary>One step on a random batch: draws the rows, runs forward, backward and update. Allocates nothing.</summary>
    /// <param name="number">The step's number from 0, which decides its learning rate.</param>
    /// <returns>The batch's mean loss, from before the update.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no step of that number.</exception>
    /// <exception cref="NotFiniteException">Every number is checked, and one is not finite.</exception>
    public float Step(int number) => StepAt(number, options.LearningRate(number));

    /// <summary>One step with a learning rate of its own; see <see cref="Step(int)"/>.</summary>
    /// <param name="number">The step's number from 0.</param>
    /// <param name="learningRate">Its learning rate.</param>
    /// <exception cref="NotFiniteException">Every number is checked, and one is not finite.</exception>
    public float StepAt(int number, float learningRate)
    {
        if (learningRate != writtenRate)
            Storage.Write(programs.LearningRate, writtenRate = learningRate);
        optimizer.Prepare(Storage, number);
        random.RandInt(0, data.Train.End.Value, drawn);
        batch.Write(Storage, step.Lengths, data.Examples, drawn);
        step.Run();
        return step.Output()[0];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        step.Dispose();
        evaluator.Dispose();
        Storage.Dispose();
    }

    Losses Evaluated(int done, BestState best, Reporter reporter)
    {
        var losses = reporter.Pausing(Evaluate);
        reporter.Report(done, losses);
        best.Consider(done, losses);
        return losses;
    }

    // All but the end, which is evaluated whatever ended the training.
    bool EvaluationDue(int done) => done < options.Steps && (long)done * options.Evaluations / options.Steps > (long)(done - 1) * options.Evaluations / options.Steps;

    bool AreFinite() => model.Tensors.All(parameter => Array.TrueForAll(Storage.Read(parameter), float.IsFinite));

    // The same steps again from the last snapshot to the last that was done, this time looking at everything after each.
    TrainingResult Diverged(int end, Snapshot snapshot, BestState best, Reporter reporter)
    {
        snapshot.Restore();
        var before = new Snapshot(state, Storage, random);
        var done = snapshot.Step;
        for (; done < end; done++)
        {
            before.Take(done);
            if (!float.IsFinite(CaughtStep(done)) || !AreFinite())
                break;
        }

        // Where every step passes, what the last one left is finite, and its losses are not.
        if (done == end)
            done--;
        else
            before.Restore();
        var cause = notFinite ?? DivergenceFinder.Find(step.Program, Storage, step.Lengths);
        before.Restore();
        var divergence = new Divergence(done + 1, cause?.Assignment.Target.Name ?? "loss", cause?.Value ?? double.NaN, cause);

        // Finite parameters need not be good ones: those that are about to diverge may be far from what was learned before.
        var losses = Evaluate();
        return !options.KeepLast && best.Losses is { } lowest && !(losses.Dev <= lowest.Dev)
            ? new(done, lowest, reporter.Elapsed, Ending.Diverged, divergence, best.Restore())
            : new(done, losses, reporter.Elapsed, Ending.Diverged, divergence);
    }

    // A step that a check ended has no loss.
    float CaughtStep(int number)
    {
        try
        {
            return Step(number);
        }
        catch (NotFiniteException exception)
        {
            notFinite = exception.Cause;
            return float.NaN;
        }
    }
}
