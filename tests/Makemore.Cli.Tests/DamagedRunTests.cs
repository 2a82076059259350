using System.Text;
using System.Text.RegularExpressions;
using Makemore.Files;
using Xunit;

namespace Makemore.Cli;

public class DamagedRunTests(TrainedRun trained)
{
    [Theory]
    [InlineData("", "'run/config.json' is damaged in line ")]
    [InlineData("garbage", "'run/config.json' is damaged in line ")]
    [InlineData("null", "'run/config.json' is damaged: it is empty")]
    [InlineData("[]", "'run/config.json' is damaged in line ")]
    [InlineData("{}", "'run/config.json' is damaged in line ")]
    [InlineData("""{"model": null, "training": null, "alphabet": null, "data": null}""", "'run/config.json' is damaged: the model, its alphabet or what it learned from is missing")]
    public void Configuration_that_is_none_is_told_in_one_line(string content, string message) => Sample(message, run => File.WriteAllText(Path.Combine(run, "config.json"), content));

    [Theory]
    [InlineData("\"hidden\": 200", "\"hidden\": \"many\"", "'run/config.json' is damaged in line ")]
    [InlineData("\"hidden\": 200", "\"hidden\": -1", "'run/config.json' is damaged: hidden is -1; it must lie between 1 and 16,384")]
    [InlineData("\"hidden\": 200", "\"hidden\": 100", "'W1' in 'run/model.safetensors' is F32 [3, 10, 200], and F32 [3, 10, 100] is expected")]
    [InlineData("\"model\": \"mlp\"", "\"model\": \"gpt5\"", "'run/config.json' is damaged: unknown model 'gpt5'; known are: bigram-counts, ngram, bigram, bigram-net, mlp, mlp-bn, mlp-deep, wavenet, wavenet-dilated")]
    [InlineData("\"model\": \"mlp\"", "\"model\": null", "'run/config.json' is damaged: the model, its alphabet or what it learned from is missing")]
    [InlineData("\"data\": \"names\"", "\"data\": null", "'run/config.json' is damaged: the model, its alphabet or what it learned from is missing")]
    [InlineData("\"steps\": 400", "\"steps\": 0", "'run/config.json' is damaged: ")]
    [InlineData("\"alphabet\": \"abc", "\"alphabet\": \"bc", "'C' in 'run/model.safetensors' is F32 [27, 10], and F32 [26, 10] is expected")]
    public void Configuration_that_does_not_fit_is_told_in_one_line(string was, string becomes, string message) => Sample(message, run =>
    {
        var file = Path.Combine(run, "config.json");
        var text = File.ReadAllText(file);
        Assert.Contains(was, text);
        File.WriteAllText(file, new Regex(Regex.Escape(was)).Replace(text, becomes, 1));
    });

    [Fact]
    public void Configuration_cut_short_is_told_in_one_line() =>
        Sample("'run/config.json' is damaged in line ", run => Truncate(Path.Combine(run, "config.json"), 100));

    [Fact]
    public void Model_cut_short_is_told_in_one_line() =>
        Sample("'run/model.safetensors' is cut short: ", run => Truncate(Path.Combine(run, "model.safetensors"), 10_000));

    [Fact]
    public void Model_that_is_missing_is_told_in_one_line() =>
        Sample("'run/model.safetensors' cannot be read: ", run => File.Delete(Path.Combine(run, "model.safetensors")));

    [Fact]
    public void Tensor_that_is_missing_is_told_in_one_line() =>
        Sample("'run/model.safetensors' lacks the tensor 'b1'", run => Rewrite(run, tensors => tensors.Where(tensor => tensor.Name != "b1")));

    [Fact]
    public void Tensor_too_many_is_told_in_one_line() =>
        Sample("'run/model.safetensors' has a tensor 'b3' that the model 'mlp' does not know", run => Rewrite(run, tensors => tensors.Append(TensorData.Of("b3", [1], [1f]))));

    [Fact]
    public void Tensor_that_is_not_finite_is_told_in_one_line() => Sample("the model's probabilities are not numbers", run =>
        Rewrite(run, tensors => tensors.Select(tensor => tensor.Name == "b2" ? TensorData.Of("b2", tensor.Shape, Enumerable.Repeat(float.NaN, 27).ToArray()) : tensor)));

    void Sample(string message, Action<string> damage)
    {
        using var folder = new TemporaryFolder();
        trained.CopyTo(folder["run"]);
        damage(folder["run"]);
        var before = folder.Entries.Select(entry => (entry, File.Exists(folder[entry]) ? Convert.ToHexString(File.ReadAllBytes(folder[entry])) : "")).ToList();
        var result = MakemoreProcess.Run(folder.Path, "sample", "run");
        Assert.StartsWith($"makemore: {message}", result.Error.Replace($"{folder.Path}/", "", StringComparison.Ordinal));
        Assert.Equal(1, result.Error.Count(character => character == '\n'));
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Equal(before, folder.Entries.Select(entry => (entry, File.Exists(folder[entry]) ? Convert.ToHexString(File.ReadAllBytes(folder[entry])) : "")));
    }

    static void Truncate(string file, int length) => File.WriteAllBytes(file, File.ReadAllBytes(file)[..length]);

    static void Rewrite(string run, Func<IEnumerable<TensorData>, IEnumerable<TensorData>> change)
    {
        var file = Path.Combine(run, "model.safetensors");
        SafeTensors.Write(file, [.. change(SafeTensors.Read(file).Tensors)]);
    }
}
