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

    /// <inheritdoc/>
    /// <exception cref="BackendUnavailableException">There is no C compiler on this machine.</exception>
    /// <exception cref="InvalidOperationException">The compiler refused the source: a mistake in the writer.</exception>
    public IExecutable Compile(Program program)
    {
        var loops = LoopProgram.Of(program);
        var source = CWriter.Write(loops);
        var key = KernelCache.Key(source, compiler.Identity);
        return new CompiledLoops(loops, Loaded.GetOrAdd(key, _ => Load(key, source)));
    }

    RunLoops Load(string key, string source)
    {
        var library = cache?.Find(key);
        if (library is null)
        {
            library = compiler.Compile(source);
            cache?.Keep(key, library);
        }

        // The system loads libraries from files only; once loaded, the file may go.
        using var file = new TemporaryFile();
        File.WriteAllBytes(file.Path, library);
        var run = (delegate* unmanaged<byte**, void>)NativeLibrary.GetExport(NativeLibrary.Load(file.Path), "run");
        return memory => run(memory);
    }
}
