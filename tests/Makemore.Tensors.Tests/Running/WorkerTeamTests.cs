using Makemore.Tensors.Backends;
using Makemore.Tensors.Programs;
using Xunit;

namespace Makemore.Tensors.Running;

public sealed class WorkerTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Every_part_of_every_phase_runs_once_and_no_phase_before_the_last_has_ended(int threads)
    {
        using var team = new WorkerTeam(threads);
        for (var run = 0; run < 50; run++)
        {
            var parts = (run % threads) + 1;
            var phases = new CountedPhases(4);
            Run(team, phases, parts);
            Assert.Equal([parts, parts, parts, parts], phases.Done);
            Assert.False(phases.Overlapped);
        }
    }

    [Fact]
    public void A_team_that_fell_asleep_wakes_up()
    {
        using var team = new WorkerTeam(2);
        for (var run = 0; run < 3; run++)
        {
            var phases = new CountedPhases(2);
            Run(team, phases, 2);
            Assert.Equal([2, 2], phases.Done);
            Thread.Sleep(100);
        }
    }

    [Fact]
    public void An_exception_of_any_thread_reaches_the_caller_and_the_team_goes_on()
    {
        using var team = new WorkerTeam(3);
        for (var part = 0; part < 3; part++)
        {
            var failing = new CountedPhases(3) { FailingPart = part };
            Assert.Equal($"part {part}", Assert.Throws<InvalidOperationException>(() => Run(team, failing, 3)).Message);
            Assert.Equal(0, failing.Done[2]);
            var good = new CountedPhases(3);
            Run(team, good, 3);
            Assert.Equal([3, 3, 3], good.Done);
        }
    }

    [Fact]
    public async Task Callers_on_two_threads_take_turns()
    {
        using var team = new WorkerTeam(2);
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(
            () =>
            {
                for (var run = 0; run < 200; run++)
                {
                    var phases = new CountedPhases(3);
                    Run(team, phases, 2);
                    Assert.Equal([2, 2, 2], phases.Done);
                }
            },
            TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void A_team_that_is_disposed_has_ended_and_runs_nothing()
    {
        var team = new WorkerTeam(2);
        team.Dispose();
        team.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Run(team, new CountedPhases(1), 2));
    }

    [Fact]
    public void A_team_has_at_least_a_thread_and_shares_among_no_more_than_it_has()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerTeam(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerTeam(WorkerTeam.MostThreads + 1));
        using var team = new WorkerTeam(2);
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(team, new CountedPhases(1), 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(team, new CountedPhases(1), 0));
    }

    static unsafe void Run(WorkerTeam team, IPhasedExecutable phases, int parts) => team.Run(phases, null, parts);

    sealed unsafe class CountedPhases(int phases) : IPhasedExecutable
    {
        public int[] Done { get; } = new int[phases];

        public bool Overlapped { get; private set; }

        public int FailingPart { get; init; } = -1;

        public IReadOnlyList<Value> Bound => [];

        public int ScratchBytes => 0;

        public int Phases => phases;

        public void Run(byte** memory)
        {
            for (var phase = 0; phase < phases; phase++)
                RunPhase(phase, memory, 0, 1);
        }

        public void RunPhase(int phase, byte** memory, int part, int parts)
        {
            if (phase == 1 && part == FailingPart)
                throw new InvalidOperationException($"part {part}");
            Overlapped |= phase > 0 && Volatile.Read(ref Done[phase - 1]) != parts;
            Interlocked.Increment(ref Done[phase]);
        }
    }
}
