using Xunit;

namespace Makemore.Tensors.Running;

public class PhiloxTests
{
    // The lines "philox4x32 10" of kat_vectors in Random123, the authors' own library.
    [Theory]
    [InlineData(0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x0000000000000000ul, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xfffffffffffffffful, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0x299f31d0a4093822ul, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Words_are_those_of_Random123(uint c0, uint c1, uint c2, uint c3, ulong key, uint w0, uint w1, uint w2, uint w3) =>
        Assert.Equal((w0, w1, w2, w3), Philox.Words((c0, c1, c2, c3), key));

    [Fact]
    public void Uniform_numbers_lie_below_one()
    {
        Assert.Equal(0, Philox.Uniform(255));
        Assert.Equal(1 - MathF.ScaleB(1, -24), Philox.Uniform(uint.MaxValue));
    }
}
