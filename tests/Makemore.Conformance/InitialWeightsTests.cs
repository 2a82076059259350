using Makemore.Tensors.Running;
using Xunit;

namespace Makemore;

/// <summary>The numbers that training begins with. Needs neither PyTorch nor the lectures' files.</summary>
public class InitialWeightsTests
{
    [Fact]
    public void Embeddings_begin_with_what_the_lectures_generator_draws()
    {
        // torch.randn((27, 10), generator=torch.Generator().manual_seed(2147483647))
        var model = Lectures.Mlp();
        using var storage = new Storage();
        storage.Initialize(model.Parameters, new TorchRandom(2147483647));
        Assert.Equal(
            [1.5673620, -0.2372923, -0.0273848, -1.1007793, 0.2858814, -0.0296435, -1.5470593, 0.6048920],
            storage.Read(model.Parameters[0])[..8].Select(number => (double)number),
            (expected, actual) => Math.Abs(expected - actual) < 1e-5);
    }
}
