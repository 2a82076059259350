using Makemore.Tensors.Backends;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Running;
using Makemore.Testing;
using Xunit;

namespace Makemore.Tensors.Roslyn;

/// <summary>Einsums as compiled code, against NumPy.</summary>
public class EinsumTests
{
    [Fact]
    public void Every_case_is_what_NumPy_computes() => Check(Compiled.Backend);

    [Fact]
    public void Every_case_is_what_NumPy_computes_in_C() => Check(AvailableC.Required());

    // One program of all, as each compilation takes its time. Every number is a small multiple of a power of 2, and so is every sum.
    static void Check(IBackend backend)
    {
        using var storage = new Storage();
        foreach (var einsum in EinsumCase.All)
        {
            for (var i = 0; i < einsum.Operands.Count; i++)
                storage.Write(einsum.Operands[i], [.. einsum.Elements(i).Select(element => (float)element)]);
        }

        using var routine = new Routine(Program.Of("einsums", [.. EinsumCase.All.Select(einsum => einsum.Einsum)]), backend, storage);
        routine.Run();
        for (var i = 0; i < EinsumCase.All.Count; i++)
            Assert.True(EinsumCase.All[i].Result.SequenceEqual(routine.Output(i).ToArray().Select(number => (double)number)), $"{EinsumCase.All[i]}: the result is {string.Join(' ', routine.Output(i).ToArray())}");
    }
}
