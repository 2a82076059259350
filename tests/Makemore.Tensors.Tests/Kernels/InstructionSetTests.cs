using System.Runtime.Intrinsics.X86;
using Xunit;

namespace Makemore.Tensors.Kernels;

/// <summary>That switching instructions off by the environment does switch them off.</summary>
public class InstructionSetTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512F", 512)]
    [InlineData("DOTNET_EnableAVX2", 256)]
    [InlineData("DOTNET_EnableAVX", 256)]
    [InlineData("DOTNET_EnableHWIntrinsic", 256)]
    public void Widths_that_are_switched_off_are_off(string variable, int width)
    {
        if (Environment.GetEnvironmentVariable(variable) != "0")
            return;
        Assert.False(Lanes512.IsSupported);
        Assert.False(Avx512F.IsSupported);
        if (width > 256)
            return;
        Assert.False(Lanes256.IsSupported);
        Assert.False(Avx2.IsSupported);
    }

    [Fact]
    public void A_narrower_width_is_there_wherever_a_wider_one_is()
    {
        Assert.True(Lanes128.IsSupported);
        Assert.True(Lanes256.IsSupported || !Lanes512.IsSupported);
    }
}
