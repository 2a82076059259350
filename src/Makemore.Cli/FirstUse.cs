using Makemore.Tensors.Backends;
using Makemore.Tensors.Backends.CSharp;
using Makemore.Tensors.Roslyn;

namespace Makemore.Cli;

/// <summary>The first use on a machine, when nothing has been compiled yet.</summary>
static class FirstUse
{
    /// <summary>Loads the compiler on another thread while data are read, if the kernel cache says that it will be needed.</summary>
    public static void Prepare()
    {
        if (!HasKernels(KernelCache.Default.Folder))
            _ = Task.Run(() => new RoslynCompiler().Compile("Makemore.FirstUse", "static unsafe class Nothing { static void Run(float** memory) { for (var i = 0; i < 1; i++) memory[0][i] = i; } }"));
    }

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
