using System.Text.RegularExpressions;
using Makemore.Testing;
using Xunit;

namespace Makemore.Tensors.Architecture;

public class DocumentTests
{
    [Theory]
    [InlineData("adding-a-primitive.md")]
    [InlineData("adding-a-model.md")]
    public void Every_file_that_a_recipe_names_exists(string document)
    {
        var text = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "docs", document));
        var named = Regex.Matches(text, @"`((?:src|tests|docs|benchmarks)/[^`*]+)`").Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(named);
        Assert.All(named, path => Assert.True(Path.Exists(Path.Combine(TestData.RepositoryRoot, path)), path));
    }
}
