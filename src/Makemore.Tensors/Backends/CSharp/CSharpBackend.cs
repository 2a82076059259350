using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Makemore.Tensors.Loops;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Backends.CSharp;

/// <summary>Writes programs as C# for this processor, and runs them compiled: from the cache on disk, or freshly by a compiler.</summary>
/// <param name="compiler">What compiles; null for programs that the cache must hold already.</param>
/// <param name="cache">Where compiled programs are kept; null for nowhere.</param>
public sealed class CSharpBackend(IKernelCompiler? compiler, KernelCache? cache) : IPhasedBackend
{
    // An assembly can be loaded once only, so equal programs share it.
    static readonly ConcurrentDictionary<string, Type> Loaded = new();

    /// <inheritdoc/>
    public string Name => "csharp";

    /// <summary>Told of every program that was made runnable, by the thread that asked for it; null for nobody.</summary>
    public Action<Compilation>? Observer { get; init; }

    /// <summary>The clock for what the observer is told.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The cache lacks the program and there is no compiler.</exception>
    public IExecutable Compile(Program program)
    {
        var (loops, type) = Load(program, phased: false);
        return new CompiledLoops(loops, type.GetMethod("Run")!.CreateDelegate<RunLoops>());
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The cache lacks the program and there is no compiler.</exception>
    public IPhasedExecutable CompilePhases(Program program)
    {
        var (loops, type) = Load(program, phased: true);
        return new CompiledPhases(loops, type.GetMethod("RunPhase")!.CreateDelegate<RunPartOfPhase>());
    }

    (LoopProgram Loops, Type Type) Load(Program program, bool phased)
    {
        var start = Time.GetTimestamp();
        var loops = LoopProgram.Of(program, phased);
        var source = CSharpWriter.Write(loops, Target.Host);
        var key = Key(source);
        var origin = Origin.Memory;
        var type = Loaded.GetOrAdd(key, _ => Load(key, source, program, out origin));
        Observer?.Invoke(new Compilation(Name, loops, source, origin, Time.GetElapsedTime(start)));
        return (loops, type);
    }

    Type Load(string key, string source, Program program, out Origin origin)
    {
        origin = Origin.Cache;
        if (cache?.Find(key) is not { } assembly)
        {
            if (compiler is null)
                throw new InvalidOperationException($"the program '{program.Name}' is not in the kernel cache, and there is no compiler");
            assembly = compiler.Compile($"Makemore.Generated.{key}", source);
            cache?.Keep(key, assembly);
            origin = Origin.Compiler;
        }

        var context = AssemblyLoadContext.GetLoadContext(typeof(CSharpBackend).Assembly) ?? AssemblyLoadContext.Default;
        return context.LoadFromStream(new MemoryStream(assembly)).GetType(CSharpWriter.ClassName(program), throwOnError: true)!;
    }

    // Everything the machine code depends on: the source, the kernels it calls, the runtime that compiles it.
    static string Key(string source) =>
        KernelCache.Key(source, $"{typeof(Kernels.Product).Module.ModuleVersionId}", RuntimeInformation.FrameworkDescription, $"{RuntimeInformation.ProcessArchitecture}");
}
