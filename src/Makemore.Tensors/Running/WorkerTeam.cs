using System.Runtime.ExceptionServices;
using Makemore.Tensors.Backends;

namespace Makemore.Tensors.Running;

/// <summary>
/// Threads that go through the phases of programs together. Between two programs, and at the end of a phase, they first spin, which
/// answers in no time; then they yield, since others may need the processor; and where nothing is asked of them they sleep.
/// </summary>
/// <remarks>The calling thread is the first of them. A run allocates nothing.</remarks>
public sealed unsafe class WorkerTeam : IDisposable
{
    /// <summary>The most threads that a team may have.</summary>
    public const int MostThreads = 256;

    const int Spins = 2_000;
    const int Yields = 2_000;

    // A ticket says which run it is, and in its last bits how many threads share it: who reads both at once cannot mix up two runs.
    const int PartBits = 16;

    // Whoever spins on a processor that another thread of the team needs keeps everybody waiting.
    readonly int spins;
    readonly Lock gate = new();
    readonly Thread[] workers;
    readonly AutoResetEvent[] alarms;
    readonly int[] asleep;
    long ticket;
    int arrived;
    IPhasedExecutable? program;
    byte** memory;
    Exception? failure;
    bool disposed;

    /// <summary>A team of so many threads, the caller's among them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 1, or more than anybody has.</exception>
    public WorkerTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, MostThreads);
        Threads = threads;
        spins = threads <= Environment.ProcessorCount ? Spins : 0;
        alarms = [.. Enumerable.Range(1, threads - 1).Select(_ => new AutoResetEvent(false))];
        asleep = new int[threads - 1];
        workers = [.. Enumerable.Range(1, threads - 1).Select(part => new Thread(() => Work(part)) { IsBackground = true, Name = $"worker {part}" })];
        foreach (var worker in workers)
            worker.Start();
    }

    /// <summary>How many threads there are, the caller's among them.</summary>
    public int Threads { get; }

    /// <summary>Runs a program once. Callers on several threads take turns, where a run is shared.</summary>
    /// <param name="executable">The program.</param>
    /// <param name="addresses">What <see cref="IExecutable.Run"/> takes.</param>
    /// <param name="parts">How many of the team's threads share it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The team has not that many.</exception>
    public void Run(IPhasedExecutable executable, byte** addresses, int parts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parts, Threads);
        if (parts == 1 || executable.Phases == 0)
        {
            executable.Run(addresses);
            return;
        }

        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            (program, arrived, failure) = (executable, 0, null);
            memory = addresses;
            Issue(parts);
            GoThrough(0, parts);
            WaitFor(executable.Phases * parts);
            program = null;
            if (failure is not null)
                ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (disposed)
                return;
            Volatile.Write(ref disposed, true);
            Issue(Threads);
        }

        foreach (var worker in workers)
            worker.Join();
        foreach (var alarm in alarms)
            alarm.Dispose();
    }

    // What a run is about is written before its ticket; who has fallen asleep by then is woken.
    void Issue(int parts)
    {
        Interlocked.Exchange(ref ticket, (((ticket >> PartBits) + 1) << PartBits) | (uint)parts);
        for (var i = 0; i < parts - 1; i++)
        {
            if (Volatile.Read(ref asleep[i]) != 0)
                alarms[i].Set();
        }
    }

    void Work(int part)
    {
        for (var seen = 0L; ;)
        {
            seen = NextTicket(part, seen);
            if (Volatile.Read(ref disposed))
                return;
            var parts = (int)(seen & ((1 << PartBits) - 1));
            if (part < parts)
                GoThrough(part, parts);
        }
    }

    long NextTicket(int part, long seen)
    {
        for (var tries = 0; ; tries++)
        {
            if (Volatile.Read(ref ticket) is var next && next != seen)
                return next;
            if (tries < spins)
                Thread.SpinWait(1);
            else if (tries < spins + Yields)
                Thread.Yield();
            else
                Sleep(part, seen);
        }
    }

    // The ticket is looked at again after the sleep was announced, so that one of the two sides notices the other.
    void Sleep(int part, long seen)
    {
        Interlocked.Exchange(ref asleep[part - 1], 1);
        if (Volatile.Read(ref ticket) == seen)
            alarms[part - 1].WaitOne();
        Volatile.Write(ref asleep[part - 1], 0);
    }

    void GoThrough(int part, int parts)
    {
        var executable = program!;
        for (var phase = 0; phase < executable.Phases; phase++)
        {
            if (phase > 0)
                WaitFor(phase * parts);
            try
            {
                if (Volatile.Read(ref failure) is null)
                    executable.RunPhase(phase, memory, part, parts);
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref failure, exception, null);
            }

            Interlocked.Increment(ref arrived);
        }
    }

    // Until so many parts of phases have been done. All threads are at work, so it will not be long, unless the machine is shared.
    void WaitFor(int parts)
    {
        for (var tries = 0; Volatile.Read(ref arrived) < parts; tries++)
        {
            if (tries < spins)
                Thread.SpinWait(1);
            else if (tries < spins + Yields)
                Thread.Yield();
            else
                Thread.Sleep(1);
        }
    }
}
