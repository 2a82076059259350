using System.Runtime.Intrinsics;
using Xunit;

namespace Makemore.Tensors.Kernels;

public unsafe class LanesTests
{
    [Fact]
    public void First_lanes_are_loaded_and_the_others_are_zero()
    {
        LoadsFirst<Lanes128, Vector128<float>>();
        LoadsFirst<Lanes256, Vector256<float>>();
        LoadsFirst<Lanes512, Vector512<float>>();
    }

    [Fact]
    public void First_lanes_are_stored_and_memory_behind_them_stays()
    {
        StoresFirst<Lanes128, Vector128<float>>();
        StoresFirst<Lanes256, Vector256<float>>();
        StoresFirst<Lanes512, Vector512<float>>();
    }

    [Fact]
    public void A_value_is_its_significand_times_a_power_of_two()
    {
        Splits<Lanes128, Vector128<float>>();
        Splits<Lanes256, Vector256<float>>();
        Splits<Lanes512, Vector512<float>>();
    }

    static void LoadsFirst<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        if (!TLanes.IsSupported)
            return;
        var source = stackalloc float[16];
        var target = stackalloc float[16];
        for (var i = 0; i < 16; i++)
            source[i] = i + 1;
        for (var count = 0; count <= TLanes.Count; count++)
        {
            TLanes.Store(TLanes.LoadFirst(source, count), target);
            for (var i = 0; i < TLanes.Count; i++)
                Assert.Equal(i < count ? i + 1 : 0, target[i]);
        }
    }

    static void StoresFirst<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        if (!TLanes.IsSupported)
            return;
        var target = stackalloc float[16];
        for (var count = 0; count <= TLanes.Count; count++)
        {
            new Span<float>(target, 16).Fill(-1);
            TLanes.StoreFirst(TLanes.Create(7), target, count);
            for (var i = 0; i < 16; i++)
                Assert.Equal(i < count ? 7 : -1, target[i]);
        }
    }

    static void Splits<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        if (!TLanes.IsSupported)
            return;
        var exponent = stackalloc float[16];
        var significand = stackalloc float[16];
        var whole = stackalloc float[16];
        foreach (var value in (ReadOnlySpan<float>)[1, 1.41421354f, 1.41421366f, 0.7071067f, 3e-38f, 5, 1e10f, float.MaxValue])
        {
            TLanes.Store(TLanes.Exponent(TLanes.Create(value)), exponent);
            TLanes.Store(TLanes.Significand(TLanes.Create(value)), significand);
            TLanes.Store(TLanes.Scale(TLanes.Load(significand), TLanes.Load(exponent)), whole);
            Assert.InRange(*significand, 0.70710677f, 1.4142136f);
            Assert.Equal(value, *whole);
        }
    }
}
