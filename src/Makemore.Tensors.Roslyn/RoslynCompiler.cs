using Makemore.Tensors.Backends;
using Makemore.Tensors.Backends.CSharp;
using Makemore.Tensors.Kernels;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Makemore.Tensors.Roslyn;

/// <summary>Compiles generated C# in process with Roslyn. Roslyn itself is loaded when the first program needs it.</summary>
public sealed class RoslynCompiler : IKernelCompiler
{
    // Generated code uses nothing but the runtime's core library, seen through its facades, and the kernels.
    static readonly string[] Facades = ["System.Runtime.dll", "System.Runtime.Intrinsics.dll", "System.Private.CoreLib.dll"];

    // Nobody is told of warnings, so documentation is not parsed, nor followed what may be null.
    static readonly CSharpParseOptions Parsing = new CSharpParseOptions(documentationMode: DocumentationMode.None).WithFeatures([new("run-nullable-analysis", "never")]);

    // Read once: what is known of their types is kept with them.
    static readonly Lazy<MetadataReference[]> References = new(() => [.. ReferencedFiles().Select(file => MetadataReference.CreateFromFile(file))]);

    /// <summary>A backend that compiles with Roslyn and keeps what it compiled in the user's kernel cache.</summary>
    public static CSharpBackend Backend { get; } = new(new RoslynCompiler(), KernelCache.Default);

    /// <inheritdoc/>
    public byte[] Compile(string assemblyName, string source)
    {
        var compilation = CSharpCompilation.Create(
            assemblyName,
            [CSharpSyntaxTree.ParseText(source, Parsing)],
            References.Value,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, deterministic: true));
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly, options: new EmitOptions(includePrivateMembers: true));
        if (!result.Success)
        {
            var first = result.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            throw new InvalidOperationException($"generated C# does not compile: {first}\n{source}");
        }

        return assembly.ToArray();
    }

    static IEnumerable<string> ReferencedFiles()
    {
        var (runtime, kernels) = (typeof(object).Assembly.Location, typeof(Product).Assembly.Location);
        if (runtime.Length == 0 || kernels.Length == 0)
            throw new BackendUnavailableException("a single-file application has no assemblies that generated code could refer to; publish without PublishSingleFile, or use the InterpreterBackend");
        return Facades.Select(file => Path.Combine(Path.GetDirectoryName(runtime)!, file)).Append(kernels);
    }
}
