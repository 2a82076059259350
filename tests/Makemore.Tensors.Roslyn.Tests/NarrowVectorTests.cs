using Makemore.Tensors.Backends.CSharp;
using Makemore.Testing;
using Xunit;

namespace Makemore.Tensors.Roslyn;

/// <summary>Generated code on processors with narrower vectors than this one, which a child process pretends to have.</summary>
public class NarrowVectorTests
{
    static readonly Type[] VectorTests = [typeof(ProductTests), typeof(InnerProductTests), typeof(NestTests), typeof(TrainingTests), typeof(BoundedAxisTests), typeof(RandomExpressionTests)];

    // .NET 10 gave the variable for AVX-512 a new name; older runtimes know the other.
    [Fact]
    public Task Without_AVX_512_the_vectors_are_of_256_bits() =>
        ChildProcess.Run(["DOTNET_EnableAVX512=0", "DOTNET_EnableAVX512F=0", "MAKEMORE_RANDOM_PROGRAMS=5", "MAKEMORE_EXPECTED_VECTOR=Vector256"], [.. VectorTests, typeof(TargetTests)]);

    [Fact]
    public Task Without_AVX2_the_vectors_are_of_128_bits() =>
        ChildProcess.Run(["DOTNET_EnableAVX2=0", "MAKEMORE_RANDOM_PROGRAMS=5", "MAKEMORE_EXPECTED_VECTOR=Vector128"], [.. VectorTests, typeof(TargetTests)]);

    [Fact]
    public Task Without_any_hardware_intrinsics_the_vectors_are_of_128_bits() =>
        ChildProcess.Run(["DOTNET_EnableHWIntrinsic=0", "MAKEMORE_RANDOM_PROGRAMS=5", "MAKEMORE_EXPECTED_VECTOR=Vector128"], [.. VectorTests, typeof(TargetTests)]);
}

/// <summary>That the processor of a child process really is the one it was told to have.</summary>
public class TargetTests
{
    [Fact]
    public void Written_code_names_the_vectors_it_is_for()
    {
        var expected = Environment.GetEnvironmentVariable("MAKEMORE_EXPECTED_VECTOR") ?? Target.Host.Vector;
        var loops = Loops.LoopProgram.Of(new LectureMlp(batch: 2, examples: 3, hidden: 4).Training());
        Assert.StartsWith($"// Program 'train', written by Makemore for {expected}.", CSharpWriter.Write(loops, Target.Host), StringComparison.Ordinal);
    }
}
