using Makemore.Testing;
using Xunit;

namespace Makemore.Tensors.Kernels;

/// <summary>The kernel tests on a machine that lacks instructions: what it falls back on is tested too.</summary>
public class NarrowerMachineTests
{
    static readonly Type[] Kernels =
        [typeof(InstructionSetTests), typeof(HorizontalTests), typeof(InnerProductTests), typeof(LanesTests), typeof(ProductTests), typeof(TransposeTests), typeof(VectorMathTests)];

    [Fact]
    public Task Kernels_are_right_without_avx512() => ChildProcess.Run(["DOTNET_EnableAVX512F=0", "DOTNET_EnableAVX512=0"], Kernels);

    [Fact]
    public Task Kernels_are_right_without_avx2() => ChildProcess.Run(["DOTNET_EnableAVX2=0"], Kernels);

    [Fact]
    public Task Kernels_are_right_without_avx() => ChildProcess.Run(["DOTNET_EnableAVX=0"], Kernels);

    [Fact]
    public Task Kernels_are_right_without_any_hardware_intrinsics() => ChildProcess.Run(["DOTNET_EnableHWIntrinsic=0"], Kernels);
}
