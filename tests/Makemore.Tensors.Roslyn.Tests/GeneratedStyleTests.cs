using System.Diagnostics;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends.CSharp;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Loops;
using Makemore.Tensors.Programs;
using Makemore.Testing;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Roslyn;

/// <summary>Generated code is held to what this repository asks of its own: the same analyzers, the same settings, every warning an error.</summary>
public sealed class GeneratedStyleTests : IDisposable
{
    static readonly Axis Batch = new("batch", 4), Time = new("time", 6), Key = new("key", 6), Channel = new("channel", 40), Vocab = new("vocab", 27);

    static readonly Target[] Targets = [new("Vector512", 16), new("Vector256", 8), new("Vector128", 4)];

    readonly string folder = Directory.CreateTempSubdirectory("makemore-generated-").FullName;

    [Fact]
    public async Task Generated_code_builds_in_a_project_of_this_repositorys_settings()
    {
        foreach (var (i, (program, phased)) in Programs().SelectMany(program => new[] { (program, false), (program, true) }).Index())
        {
            // Some programs have one name, and a class can be there only once.
            var source = CSharpWriter.Write(LoopProgram.Of(program, phased), Targets[i % Targets.Length]).Replace("public static unsafe class ", $"public static unsafe class Number{i}");
            await File.WriteAllTextAsync(Path.Combine(folder, $"Program{i}.cs"), source, TestContext.Current.CancellationToken);
        }

        foreach (var settings in new[] { ".editorconfig", "Directory.Packages.props", "global.json" })
            File.Copy(Path.Combine(TestData.RepositoryRoot, settings), Path.Combine(folder, settings));

        // In a folder inside one called src, where the settings ask for documentation too.
        var project = Path.Combine(folder, "src", "Generated", "Generated.csproj");
        Directory.CreateDirectory(Path.GetDirectoryName(project)!);
        await File.WriteAllTextAsync(
            project,
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <Import Project="{Path.Combine(TestData.RepositoryRoot, "Directory.Build.props")}" />
              <PropertyGroup>
                <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
              </PropertyGroup>
              <ItemGroup>
                <Compile Include="../../*.cs" />
                <Reference Include="{Path.Combine(AppContext.BaseDirectory, "Makemore.Tensors.dll")}" />
              </ItemGroup>
            </Project>
            """,
            TestContext.Current.CancellationToken);
        using var build = Process.Start(new ProcessStartInfo("dotnet", ["build", project, "-nologo", "-v", "quiet", "--disable-build-servers"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(build.ExitCode == 0, output);
        Assert.True(File.Exists(Path.Combine(folder, "src", "Generated", "bin", "Debug", "net10.0", "Generated.dll")), output);
    }

    [Fact]
    public void Softmax_reads_like_careful_code() =>
        Expected.Matches("softmax.csharp", CSharpWriter.Write(LoopProgram.Of(Softmax()), new Target("Vector256", 8)));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static IEnumerable<Program> Programs()
    {
        yield return new LectureMlp().Training();
        yield return Softmax();
        yield return Attention();
        yield return LayerNorm();
        yield return Recurrent();
        yield return Lookups();
        for (var seed = 1; seed <= 3; seed++)
        {
            var random = new Random(seed);
            yield return RandomExpressions.Program(seed, [.. Enumerable.Range(0, 40).Select(_ => new Choice(random.Next(1000), random.Next(1000), random.Next(1000), random.Next(1000)))]);
        }
    }

    static Program Softmax()
    {
        var logits = new Parameter("logits", [Batch, Vocab], Initializers.Normal(1));
        var probabilities = Functions.Softmax(logits, [Vocab]).As("probs");
        return Program.Of("softmax", [probabilities, .. Gradient.Of((probabilities * probabilities).Sum([Batch, Vocab]), [logits])]);
    }

    static Program Attention()
    {
        Input q = new("q", [Batch, Time, Channel]), k = new("k", [Batch, Key, Channel]), v = new("v", [Batch, Key, Channel]);
        return Program.Of("attention", [Functions.Softmax(q.Dot(k, [Channel]) * 0.25, [Key]).Dot(v, [Key]).As("y")]);
    }

    static Program LayerNorm()
    {
        Input x = new("x", [Batch, Time, Channel]), gain = new("gain", [Channel]);
        var centred = x - x.Mean([Channel]);
        return Program.Of("layernorm", [(centred / Sqrt((centred * centred).Mean([Channel]) + 1e-5) * gain).As("y")]);
    }

    static Program Recurrent()
    {
        var (x, h) = (new Input("x", [Batch, Channel]), new Input("h", [Batch, Key]));
        Parameter wx = new("Wx", [Channel, Time], Initializers.Normal(1)), wh = new("Wh", [Key, Time], Initializers.Normal(1));
        var next = Tanh(x.Dot(wx, [Channel]) + h.Dot(wh, [Key])).As("next");
        var rate = new Input("lr", []);
        var loss = (next * next).Sum(next.Shape);
        return Program.Of("recurrent", [next], [.. new[] { wx, wh }.Zip(Gradient.Of(loss, [wx, wh]), (parameter, gradient) => new Update(parameter, parameter - (rate * gradient)))]);
    }

    static Program Lookups()
    {
        var rows = new IndexInput("rows", [Batch, Time], Vocab);
        var table = new Parameter("table", [Vocab, Channel], Initializers.Normal(1));
        var picked = table[rows];
        return Program.Of("lookups", [picked.Max([Time]).As("largest"), .. Gradient.Of((picked * picked).Sum(picked.Shape), [table]), (new Position(Vocab) * 2).As("even")]);
    }
}
