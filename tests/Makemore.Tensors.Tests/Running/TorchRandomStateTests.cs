using System.Text.Json;
using Xunit;

namespace Makemore.Tensors.Running;

public class TorchRandomStateTests
{
    [Fact]
    public void Generator_goes_on_from_a_state_written_as_json()
    {
        var random = new TorchRandom(42);
        random.Randn(new float[701]);
        random.Randn(new float[3]);
        var json = JsonSerializer.Serialize(random.State);

        var resumed = new TorchRandom(0) { State = JsonSerializer.Deserialize<TorchRandomState>(json)! };
        Assert.Equal(random.State, resumed.State);
        Assert.NotNull(resumed.State.CachedNormal);
        var (expected, actual) = (new float[15], new float[15]);
        for (var i = 0; i < 100; i++)
        {
            random.Randn(expected);
            resumed.Randn(actual);
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void States_of_different_generators_differ()
    {
        var random = new TorchRandom(1);
        var fresh = random.State;
        Assert.NotEqual(fresh, new TorchRandom(2).State);
        random.Random32();
        Assert.NotEqual(fresh, random.State);
    }

    [Fact]
    public void Seeding_again_forgets_the_cached_normal()
    {
        var random = new TorchRandom(42);
        random.RandnDouble();
        random.ManualSeed(42);
        Assert.Equal(new TorchRandom(42).State, random.State);
    }

    [Fact]
    public void Filling_spans_allocates_nothing()
    {
        var random = new TorchRandom(42);
        var (floats, small, indices, order, weights) = (new float[1000], new float[5], new int[32], new int[1000], new float[2000]);
        weights.AsSpan().Fill(1);
        Draw();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Draw();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Draw()
        {
            random.Rand(floats);
            random.Uniform(floats, -1, 1);
            random.Randn(floats);
            random.Randn(small);
            random.Exponential(floats);
            random.RandInt(0, 27, indices);
            random.RandPerm(order);
            random.Multinomial(weights, indices, replacement: true);
            random.Multinomial(weights, indices, replacement: false);
            random.Multinomial(weights, indices.AsSpan(0, 1), replacement: false);
        }
    }
}
