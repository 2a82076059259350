using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Running;

namespace Makemore.Training;

/// <summary>
/// Runs a training step on as many threads as pay. Steps are the same bits on any number, so nothing has to be tried in vain: the
/// first ones run on one thread, while the program for several is compiled; then the numbers take turns, and the fastest stays until they do so again.
/// </summary>
sealed class StepRunner : IDisposable
{
    // A training of fewer steps is over before more threads could have helped.
    const int FirstSteps = 64;

    // What was the fastest is tried again after so many: a second core that somebody else uses is worse than none, and the turns take 2 % of these.
    const int StepsKept = 5000;

    // Several threads wait for each other, so they are many times slower where one has no processor: they are tried again as soon as so many steps took so much longer.
    const int StepsWatched = 64;
    const int MuchLonger = 2;

    readonly IBackend backend;
    readonly Storage storage;
    readonly TimeProvider time;
    readonly int most;
    readonly Routine first;
    Task<IPhasedExecutable>? compilation;
    WorkerTeam? team;
    Routine? shared;
    int[] counts = [1];
    Calibration? calibration;
    Routine current;
    int steps, kept;
    long watched;

    /// <summary>A runner of a program.</summary>
    /// <param name="program">A step.</param>
    /// <param name="backend">What compiles it; where it is no <see cref="IPhasedBackend"/> there is one thread.</param>
    /// <param name="storage">Where its parameters live.</param>
    /// <param name="threads">How many threads; null for as many as pay.</param>
    /// <param name="time">The clock to find that out by.</param>
    public StepRunner(Program program, IBackend backend, Storage storage, int? threads, TimeProvider time)
    {
        (this.backend, this.storage, this.time) = (backend, storage, time);
        most = threads is null && backend is IPhasedBackend ? Math.Min(Environment.ProcessorCount, WorkerTeam.MostThreads) : 1;
        if (threads is > 1 and var count && backend is IPhasedBackend phased)
        {
            team = new WorkerTeam(count);
            current = first = new Routine(program, phased, storage, team);
        }
        else
        {
            current = first = new Routine(program, backend, storage);
        }

        Lengths = new AxisLengths(program.BoundedAxes);
    }

    /// <summary>How long the step's bounded axes are in the next run.</summary>
    public AxisLengths Lengths { get; }

    /// <summary>The step.</summary>
    public Program Program => first.Program;

    /// <summary>Runs the step.</summary>
    public void Run()
    {
        // Before the step and not after it: until the next one, the outputs are those of the routine that made them.
        Choose();
        current.Lengths.Set(Lengths.All);
        if (calibration is { IsDone: false })
        {
            var start = time.GetTimestamp();
            current.Run();
            calibration.Add(time.GetTimestamp() - start);
        }
        else
        {
            current.Run();
        }
    }

    /// <summary>An output of the last step; see <see cref="Routine.Output"/>.</summary>
    public ReadOnlySpan<float> Output(int index = 0) => current.Output(index);

    /// <inheritdoc/>
    public void Dispose()
    {
        first.Dispose();
        shared?.Dispose();
        team?.Dispose();
    }

    void Choose()
    {
        if (calibration is null)
        {
            Prepare();
        }
        else if (calibration.IsDone && (++kept == StepsKept || AreMuchSlower(calibration)))
        {
            kept = 0;
            calibration.Restart();
        }

        if (calibration is not null)
        {
            var threads = counts[calibration.Way];
            current = threads == 1 ? first : shared!;
            current.Threads = threads;
        }
    }

    bool AreMuchSlower(Calibration calibration)
    {
        if (current.Threads == 1 || kept % StepsWatched != 0)
            return false;
        var (before, now) = (watched, watched = time.GetTimestamp());
        return kept > StepsWatched && now - before > MuchLonger * StepsWatched * calibration.Typical;
    }

    void Prepare()
    {
        if (most == 1)
            return;
        if (steps++ == FirstSteps)
            compilation = Task.Run(() => ((IPhasedBackend)backend).CompilePhases(Program));
        if (compilation is not { IsCompleted: true })
            return;
        team = new WorkerTeam(most);
        shared = new Routine(Program, compilation.GetAwaiter().GetResult(), storage, team);
        counts = [.. Powers().TakeWhile(count => count < most), most];
        calibration = new Calibration(counts.Length);
    }

    static IEnumerable<int> Powers()
    {
        for (var power = 1; ; power *= 2)
            yield return power;
    }
}
