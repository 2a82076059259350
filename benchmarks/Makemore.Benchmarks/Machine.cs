using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Makemore.Text;

namespace Makemore.Benchmarks;

/// <summary>The machine that figures belong to.</summary>
static class Machine
{
    /// <summary>Whether it has AVX-512.</summary>
    public static bool HasAvx512 => Avx512F.IsSupported;

    /// <summary>One line about it: processor, vectors, cores, .NET.</summary>
    public static string Description { get; } =
        $"{Processor()}, {(HasAvx512 ? "AVX-512" : "no AVX-512")}, {Cores()}; {RuntimeInformation.FrameworkDescription}";

    static string Cores() => Amount.Of(Environment.ProcessorCount, "core");

    static string Processor()
    {
        const string list = "/proc/cpuinfo";
        var model = File.Exists(list) ? File.ReadLines(list).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return model?.Split(':', 2)[1].Trim() ?? $"{RuntimeInformation.OSDescription} on {RuntimeInformation.ProcessArchitecture}";
    }
}
