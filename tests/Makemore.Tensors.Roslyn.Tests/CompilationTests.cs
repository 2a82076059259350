using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends;
using Makemore.Tensors.Backends.CSharp;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Programs;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Roslyn;

/// <summary>What an observer of the C# backend is told.</summary>
public sealed class CompilationTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("makemore-compilation-tests-").FullName;

    [Fact]
    public void An_observer_is_told_the_program_its_stages_and_where_it_came_from()
    {
        var told = new List<Compilation>();
        var backend = new CSharpBackend(new RoslynCompiler(), new KernelCache(folder)) { Observer = told.Add, Time = new SteppingTime() };
        var program = Program.Of("observed", [Tanh(new Input("only_here", [new Axis("j", 21)]))]);
        backend.Compile(program);
        backend.Compile(program);
        Assert.Equal([Origin.Compiler, Origin.Memory], told.Select(compilation => compilation.Origin));
        Assert.Same(program, told[0].Program);
        Assert.Contains("class ObservedProgram", told[0].Source);
        Assert.Equal("observed: 1 lines, 1 steps, 64 bytes of scratch memory, csharp, compiled in 1000 ms".Replace("64 bytes", $"{told[0].Loops.Memory.ScratchBytes} bytes"), told[0].ToString());
        Assert.EndsWith("loaded already in 1000 ms", told[1].ToString());
        Assert.EndsWith("from the cache in 1000 ms", (told[0] with { Origin = Origin.Cache }).ToString());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // Every look at the clock is a second after the last.
    sealed class SteppingTime : TimeProvider
    {
        long ticks;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => ticks++;
    }
}
