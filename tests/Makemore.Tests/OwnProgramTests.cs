using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Makemore.Testing;
using Makemore.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Makemore;

/// <summary>The program of <c>docs/in-your-own-program.md</c>, compiled and run as it stands there.</summary>
public class OwnProgramTests
{
    // What `dotnet new console` adds by itself.
    const string ImplicitUsings = "global using System; global using System.IO; global using System.Linq; global using System.Collections.Generic;";

    [Fact]
    public void Pieces_of_the_page_are_a_program_that_learns_makes_scores_keeps_and_loads()
    {
        var page = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "docs", "in-your-own-program.md"));
        var pieces = Regex.Matches(page, "```csharp\n(.*?)```", RegexOptions.Singleline, TimeSpan.FromSeconds(10)).Select(match => match.Groups[1].Value);
        using var folder = new TemporaryFolder();
        var file = folder["names.txt"];
        File.WriteAllLines(file, BuiltInDataset.Load("names").Lines.Take(2000));

        var output = Run(string.Join('\n', pieces), file).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Matches(@"^200000 steps, dev loss 2\.\d{4}$", output[0]);
        Assert.Equal(10, output[1..11].Distinct(StringComparer.Ordinal).Count());
        Assert.All(output[11].Split(' '), name => Assert.Matches("^ka.{0,5}$", name));
        Assert.StartsWith("emma: log-probability -", output[12], StringComparison.Ordinal);
        Assert.StartsWith("step 500: train ", output[18], StringComparison.Ordinal);
        Assert.Equal(5, output[19].Split(' ').Length);
        Assert.Equal(20, output.Length);
    }

    static string Run(string source, string argument)
    {
        var compilation = CSharpCompilation.Create(
            "Page",
            [CSharpSyntaxTree.ParseText(ImplicitUsings, cancellationToken: TestContext.Current.CancellationToken), CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken)],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            new(OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        using var assembly = new MemoryStream();
        Assert.Empty(compilation.Emit(assembly, cancellationToken: TestContext.Current.CancellationToken).Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        assembly.Position = 0;
        var (console, output) = (Console.Out, new StringWriter { NewLine = "\n" });
        Console.SetOut(output);
        try
        {
            AssemblyLoadContext.Default.LoadFromStream(assembly).EntryPoint!.Invoke(null, [new[] { argument }]);
        }
        finally
        {
            Console.SetOut(console);
        }

        return output.ToString();
    }
}
