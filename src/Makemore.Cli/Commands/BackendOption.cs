using System.CommandLine;
using Makemore.Tensors.Backends;
using Makemore.Tensors.Backends.C;
using Makemore.Tensors.Backends.CSharp;
using Makemore.Tensors.Backends.Interpreter;
using Makemore.Tensors.Roslyn;

namespace Makemore.Cli.Commands;

/// <summary>The option <c>--backend</c>: what runs a model's programs.</summary>
static class BackendOption
{
    static readonly Dictionary<string, Func<Action<Compilation>?, IBackend>> Backends = new(StringComparer.Ordinal)
    {
        ["csharp"] = observer => new CSharpBackend(new RoslynCompiler(), KernelCache.Default) { Observer = observer },
        ["cc"] = observer => new CBackend(new CCompiler(), KernelCache.Default) { Observer = observer },
        ["interpreter"] = _ => new InterpreterBackend(),
    };

    /// <summary>The option, C# unless something else is asked for.</summary>
    public static Option<string> Create() => new("--backend")
    {
        Description = "What runs the model. csharp: C# compiled in process; cc: C, compiled by cc or what CC names; interpreter: plain loops in double, slow.",
        HelpName = string.Join('|', Backends.Keys),
        DefaultValueFactory = _ => Backends.Keys.First(),
    };

    /// <summary>The backend of that name, which tells the terminal as much as it wants to know.</summary>
    /// <exception cref="MakemoreException">There is none.</exception>
    public static IBackend Read(string name, Terminal terminal) => Backends.TryGetValue(name, out var create)
        ? create(DebugLadder.Observer(terminal))
        : throw new MakemoreException($"unknown backend '{name}'; known are: {string.Join(", ", Backends.Keys)}");
}
