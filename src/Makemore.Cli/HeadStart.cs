using Makemore.Tensors.Backends;
using Makemore.Tensors.Kernels;
using Makemore.Tensors.Roslyn;

namespace Makemore.Cli;

/// <summary>What the first step would wait for is made ready on another thread, while data are read.</summary>
static class HeadStart
{
    /// <summary>Loads the compiler if the kernel cache says that nothing has been compiled yet, and else compiles what products are made of.</summary>
    public static void Begin() => _ = HasKernels(KernelCache.Default.Folder)
        ? Task.Run(Product.Prepare)
        : Task.Run(() => new RoslynCompiler().Compile("Makemore.HeadStart", "static unsafe class Nothing { static void Run(float** memory) { for (var i = 0; i < 1; i++) memory[0][i] = i; } }"));

    static bool HasKernels(string folder)
    {
        try
        {
            return Directory.EnumerateFiles(folder, "*.kernel").Any();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
