using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Makemore.Tensors.Loops;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Backends.C;

/// <summary>Writes programs as C, and runs them compiled by the machine's C compiler: from the cache on disk, or freshly.</summary>
/// <param name="compiler">What compiles.</param>
/// <param name="cache">Where compiled programs are kept; null for nowhere.</param>
public sealed unsafe class CBackend(CCompiler compiler, KernelCache? cache) : IBackend
{
    // Equal programs share one library, which stays loaded as long as the process.
    static readonly ConcurrentDictionary<string, RunLoops> Loaded = new();

    /// <inheritdoc/>
    public string Name => "cc";

    /// <summary>Told of every program that was made runnable, by the thread that asked for it; null for nobody.</summary>
    public Action<Compilation>? Observer { get; init; }

    /// <summary>The clock for what the observer is told.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <inheritdoc/>
    /// <exception cref="BackendUnavailableException">There is no C compiler on this machine.</exception>
    /// <exception cref="InvalidOperationException">The compiler refused the source: a mistake in the writer.</exception>
    public IExecutable Compile(Program program)
    {
        var start = Time.GetTimestamp();
        var loops = LoopProgram.Of(program);
        var source = CWriter.Write(loops);
        var key = KernelCache.Key(source, compiler.Identity);
        var origin = Origin.Memory;
        var run = Loaded.GetOrAdd(key, _ => Load(key, source, out origin));
        Observer?.Invoke(new Compilation(Name, loops, source, origin, Time.GetElapsedTime(start)));
        return new CompiledLoops(loops, run);
    }

    RunLoops Load(string key, string source, out Origin origin)
    {
        var known = cache?.Find(key);
        origin = known is null ? Origin.Compiler : Origin.Cache;
        var library = known ?? compiler.Compile(source);
        if (known is null)
            cache?.Keep(key, library);

        // The system loads libraries from files only; once loaded, the file may go.
        using var file = new TemporaryFile();
        File.WriteAllBytes(file.Path, library);
        var run = (delegate* unmanaged<byte**, void>)NativeLibrary.GetExport(NativeLibrary.Load(file.Path), "run");
        return memory => run(memory);
    }
}
