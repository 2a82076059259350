namespace Makemore.Tensors.Backends.CSharp;

/// <summary>Turns C# source into an assembly.</summary>
public interface IKernelCompiler
{
    /// <summary>The assembly's bytes.</summary>
    /// <param name="assemblyName">What the assembly is called.</param>
    /// <param name="source">One file of C#, which may use Makemore.Tensors.Kernels and unsafe code.</param>
    /// <exception cref="InvalidOperationException">The source does not compile: a mistake in the writer.</exception>
    byte[] Compile(string assemblyName, string source);
}
