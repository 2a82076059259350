using System.Xml.Linq;
using Makemore.Testing;
using Xunit;

namespace Makemore.Tensors.Architecture;

/// <summary>A newcomer who reads the folder names in order has read the pipeline; these tests keep that true.</summary>
public class FolderOrderTests
{
    static readonly FolderOrder Tensors = new(
        "Makemore.Tensors", "Axes", "Formulas", "Expressions", "Gradients", "Programs", "Loops", "Kernels", "Backends", "Backends.Interpreter", "Backends.Checking", "Backends.CSharp", "Backends.C", "Running");

    static readonly FolderOrder Models = new("Makemore", "Text", "Models.Layers", "Models", "Training", "Sampling", "Files");

    static readonly string[] Projects = ["Makemore.Tensors", "Makemore.Tensors.Roslyn", "Makemore", "Makemore.Cli", "Makemore.Studio"];

    [Fact]
    public void Folders_of_Makemore_Tensors_use_only_folders_before_them() => Check(Tensors);

    [Fact]
    public void Folders_of_Makemore_use_only_folders_before_them() => Check(Models);

    [Fact]
    public void Projects_reference_only_projects_before_them()
    {
        foreach (var project in Projects)
        {
            var file = Path.Combine(TestData.RepositoryRoot, "src", project, $"{project}.csproj");
            if (!File.Exists(file))
                continue;
            foreach (var reference in XDocument.Load(file).Descendants("ProjectReference").Select(element => Path.GetFileNameWithoutExtension((string)element.Attribute("Include")!)))
            {
                Assert.True(
                    Array.IndexOf(Projects, reference) is >= 0 and var place && place < Array.IndexOf(Projects, project),
                    $"{project}.csproj references {reference}, which does not come before it in the order {string.Join(", ", Projects)}");
            }
        }
    }

    [Fact]
    public void Every_project_of_src_has_a_place_in_the_order() =>
        Assert.Empty(Directory.GetDirectories(Path.Combine(TestData.RepositoryRoot, "src")).Select(Path.GetFileName).Except(Projects));

    [Theory]
    [InlineData("using Makemore.Tensors.Programs;")]
    [InlineData("using static Makemore.Tensors.Programs.Program;")]
    [InlineData("using Program = Makemore.Tensors.Programs.Program;")]
    [InlineData("global using Makemore.Tensors.Programs;")]
    [InlineData("class Gradient { Makemore.Tensors.Programs.Program program; }")]
    [InlineData("class Gradient { Programs.Program program; }")]
    public void A_file_that_uses_a_later_folder_is_found(string code) => Assert.Equal(
        "Gradients/Gradient.cs: uses Makemore.Tensors.Programs, but 'Gradients' comes before 'Programs' in the order " + string.Join(", ", Tensors.Folders),
        Assert.Single(Tensors.Violations("Gradients/Gradient.cs", code)));

    [Fact]
    public void Folders_that_lie_in_one_folder_have_an_order_too()
    {
        Assert.Single(Tensors.Violations("Backends/Interpreter/Interpreter.cs", "using Makemore.Tensors.Backends.CSharp;"));
        Assert.Single(Tensors.Violations("Backends/IBackend.cs", "using Makemore.Tensors.Backends.Interpreter;"));
        Assert.Empty(Tensors.Violations("Backends/CSharp/CSharpBackend.cs", "using Makemore.Tensors.Backends;"));
        Assert.Empty(Models.Violations("Models/Layers/Linear.cs", "namespace Makemore.Models.Layers;"));
        Assert.Single(Models.Violations("Models/Layers/Linear.cs", "using Makemore.Models;"));
    }

    [Fact]
    public void A_namespace_that_is_not_its_folder_is_found() => Assert.Equal(
        "Loops/Step.cs: the namespace is Makemore.Tensors.Programs, but the folder says Makemore.Tensors.Loops",
        Assert.Single(Tensors.Violations("Loops/Step.cs", "namespace Makemore.Tensors.Programs;")));

    [Fact]
    public void A_folder_without_a_place_is_found() =>
        Assert.StartsWith("Misc/Helper.cs: the folder 'Misc' has no place in the order Axes,", Assert.Single(Tensors.Violations("Misc/Helper.cs", "")), StringComparison.Ordinal);

    [Fact]
    public void Comments_and_strings_use_nothing() => Assert.Empty(Tensors.Violations(
        "Axes/Axis.cs", "// Makemore.Tensors.Running.Routine\n/* Loops.Step */ var text = \"Programs.Program\"; var raw = \"\"\"using Makemore.Tensors.Loops;\"\"\";"));

    static void Check(FolderOrder order)
    {
        var root = Path.Combine(TestData.RepositoryRoot, "src", order.Project);
        var files = Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(path => !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        var violations = files.SelectMany(path => order.Violations(path, File.ReadAllText(Path.Combine(root, path)))).ToList();
        Assert.True(violations.Count == 0, string.Join('\n', violations));
    }
}
