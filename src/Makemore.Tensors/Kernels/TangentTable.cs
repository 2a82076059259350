using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Makemore.Tensors.Kernels;

/// <summary>The hyperbolic tangent of sixteen floats at once, by polynomials whose coefficients are looked up in registers.</summary>
/// <remarks>
/// The floats from 0 to 9.02, where the tangent rounds to 1, are cut into 32 parts, the narrower the nearer to 0. In each the tangent is a minimax polynomial
/// of fourth degree in x − c, with c chosen near the middle so that tanh c is a float but for a thousandth of its last bit. What is added
/// to that is small, so is its error, and the sum is rounded once: the tangent of no float is below that of the float before it.
/// </remarks>
static class TangentTable
{
    /// <summary>tanh x to within 1.3e-7 of its value, monotone; ±0 and what is not a number stay so.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        var magnitude = Avx512F.Min(Vector512.Create(9.02f), Vector512.Abs(x));

        // Between 0.5 and 8 the last two bits of the exponent and the first three of the fraction count the parts.
        var part = Avx512F.FusedMultiplyAdd(magnitude, Vector512.Create(0.82f), Vector512.Create(0.5f)).AsInt32() >>> 20;
        var r = magnitude - Center(part);
        var p = Fourth(part);
        p = Avx512F.FusedMultiplyAdd(p, r, Third(part));
        p = Avx512F.FusedMultiplyAdd(p, r, Second(part));
        p = Avx512F.FusedMultiplyAdd(p, r, Slope(part));
        p = Avx512F.FusedMultiplyAdd(p, r, Value(part));
        return Vector512.CopySign(p, x);
    }

    // The last five bits choose among 32 numbers: those for 2 to 8 come first, as their exponents end in 00 and 01, then those for 0.5 to 2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Of(Vector512<int> part, Vector512<float> first, Vector512<float> second) => Avx512F.PermuteVar16x32x2(first, part, second);

    // c; 0 in the first part, where the tangent is nearly x.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Center(Vector512<int> part) => Of(
        part,
        Vector512.Create(
            1.98166215f, 2.28640795f, 2.59138536f, 2.89635515f, 3.20115423f, 3.50627327f, 3.81102824f, 4.11590099f,
            4.57328653f, 5.18272924f, 5.79283333f, 6.40344429f, 7.01642084f, 7.62461901f, 8.31776619f, 8.66434002f),
        Vector512.Create(
            0f, 0.114329599f, 0.190544844f, 0.266761065f, 0.342993259f, 0.419187069f, 0.495425642f, 0.571652055f,
            0.685978472f, 0.838415265f, 0.990858376f, 1.14328432f, 1.29572761f, 1.44816911f, 1.60057628f, 1.75306165f));

    // tanh c.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Value(Vector512<int> part) => Of(
        part,
        Vector512.Create(
            0.962708831f, 0.979553521f, 0.988837779f, 0.993919134f, 0.996690035f, 0.998200595f, 0.999021411f, 0.999468029f,
            0.999786854f, 0.999936998f, 0.999981403f, 0.999994516f, 0.999998391f, 0.999999523f, 0.999999881f, 0.99999994f),
        Vector512.Create(
            0f, 0.113834046f, 0.188271791f, 0.260608435f, 0.330147028f, 0.39624536f, 0.458512068f, 0.516571522f,
            0.595392287f, 0.68496877f, 0.7577281f, 0.815517068f, 0.860619247f, 0.89533025f, 0.921755254f, 0.941722989f));

    // The coefficient of x − c.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Slope(Vector512<int> part) => Of(
        part,
        Vector512.Create(
            0.0731909052f, 0.0404742584f, 0.0221994333f, 0.0121245086f, 0.00660883356f, 0.0035954928f, 0.00195617811f, 0.00106363604f,
            0.000426096754f, 0.000125955572f, 3.7179896e-05f, 1.09633602e-05f, 3.21753873e-06f, 9.53341157e-07f, 2.38411317e-07f, 1.192182e-07f),
        Vector512.Create(
            1f, 0.987041771f, 0.964553654f, 0.932083189f, 0.891002893f, 0.842989624f, 0.789766729f, 0.73315388f,
            0.645508647f, 0.530818403f, 0.425848603f, 0.334932208f, 0.259334654f, 0.198383793f, 0.150367245f, 0.113157772f));

    // That of (x − c)².
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Second(Vector512<int> part) => Of(
        part,
        Vector512.Create(
            -0.0704622343f, -0.0396471098f, -0.0219518207f, -0.0120508671f, -0.00658700801f, -0.00358903827f, -0.00195428077f, -0.00106307038f,
            -0.000426045997f, -0.000125960738f, -3.7182901e-05f, -1.09639304e-05f, -3.21733569e-06f, -9.53335018e-07f, -2.37708207e-07f, -1.1932417e-07f),
        Vector512.Create(
            1.07533597e-05f, -0.112357974f, -0.181598693f, -0.242908984f, -0.294162095f, -0.334030628f, -0.36211744f, -0.378726363f,
            -0.384331048f, -0.363594383f, -0.322677821f, -0.273143232f, -0.223188609f, -0.177619144f, -0.138601869f, -0.106563382f));

    // That of (x − c)³.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Third(Vector512<int> part) => Of(
        part,
        Vector512.Create(
            0.0435760207f, 0.0254559368f, 0.0143788913f, 0.00797882956f, 0.00438663643f, 0.00239767507f, 0.00130774896f, 0.000712068926f,
            0.000290565658f, 8.59364081e-05f, 2.53691742e-05f, 7.48108732e-06f, 2.19524486e-06f, 6.50500056e-07f, 1.59996205e-07f, 7.88432502e-08f),
        Vector512.Create(
            -0.334190667f, -0.316040933f, -0.287135154f, -0.24725765f, -0.199797943f, -0.148645744f, -0.0972967744f, -0.048817195f,
            0.013216868f, 0.0716714039f, 0.10221307f, 0.11089503f, 0.105528362f, 0.0928632915f, 0.0776399449f, 0.0626612231f));

    // That of (x − c)⁴.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Fourth(Vector512<int> part) => Of(
        part,
        Vector512.Create(
            -0.0183346234f, -0.0116371736f, -0.00685484149f, -0.00388790574f, -0.00216202601f, -0.00118970475f, -0.000650765083f, -0.00035524799f,
            -0.000144818361f, -4.28346357e-05f, -1.26534478e-05f, -3.73808075e-06f, -1.10333747e-06f, -3.26034211e-07f, -9.54550643e-08f, -3.22604663e-08f),
        Vector512.Create(
            0.0194442086f, 0.07256376f, 0.115055606f, 0.145615369f, 0.164049789f, 0.170084551f, 0.165117696f, 0.151363328f,
            0.120030046f, 0.0720156059f, 0.0300983898f, 0.000638810045f, -0.0163759459f, -0.0238873269f, -0.0253198519f, -0.0234388076f));
}
