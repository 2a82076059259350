using Makemore.Tensors.Backends;
using Makemore.Tensors.Backends.C;
using Xunit;

namespace Makemore.Tensors.Roslyn;

/// <summary>The C backend, where this machine has a compiler.</summary>
static class AvailableC
{
    static readonly (CBackend? Backend, string Reason) Found = Find();

    /// <summary>Compiles C anew, always; null where there is no compiler.</summary>
    public static CBackend? Backend => Found.Backend;

    /// <summary>The backend; the test that asks is skipped where there is none.</summary>
    public static CBackend Required()
    {
        if (Backend is null)
            Assert.Skip(Found.Reason);
        return Backend;
    }

    static (CBackend?, string) Find()
    {
        var compiler = new CCompiler();
        try
        {
            return (new CBackend(compiler, cache: null), compiler.Identity);
        }
        catch (BackendUnavailableException exception)
        {
            return (null, exception.Message);
        }
    }
}
