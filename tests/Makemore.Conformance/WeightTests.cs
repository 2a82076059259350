using Makemore.Files;
using Makemore.Models;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Roslyn;
using Makemore.Tensors.Running;
using Makemore.Testing;
using Xunit;

namespace Makemore;

/// <summary>The snippets of <c>docs/weights.md</c>, run as they stand there: weights to PyTorch and back.</summary>
public class WeightTests
{
    [Theory]
    [InlineData("transformer")]
    [InlineData("microgpt")]
    [InlineData("bow")]
    [InlineData("mlp-makemore")]
    [InlineData("rnn")]
    [InlineData("gru")]
    [InlineData("lstm")]
    public void Weights_go_to_PyTorch_and_back_byte_for_byte(string kind)
    {
        var settings = ModelCatalog.Initial(kind) with { Block = 6, Layers = 2 };
        var model = ModelCatalog.Create(settings, 27);
        using var storage = new Storage();
        storage.Initialize(model.Parameters, new TorchRandom(8));
        var folder = Directory.CreateTempSubdirectory("makemore-conformance-").FullName;
        try
        {
            new RunFolder(folder, new() { Model = settings, Training = new(), Alphabet = "abcdefghijklmnopqrstuvwxyz", Data = "names" }).Save(model, storage);
            var (ours, theirs) = (Path.Combine(folder, "model.safetensors"), Path.Combine(folder, "theirs"));
            int[] tokens = [0, 5, 13, 13, 1, 9, 0, 1, 22, 1, 2, 3];
            var width = kind is "transformer" or "microgpt" ? settings.Width : settings.Embed;
            var answer = Torch.Run(
                "line_snippets.py",
                [kind, Path.Combine(TestData.RepositoryRoot, "docs", "weights.md"), ours, theirs],
                [TensorData.Of("sizes", [6], [27, 6, width, settings.Hidden, 2, (long)settings.Heads]), TensorData.Of("x", [2, 6], [.. tokens.Select(token => (long)token)])]);
            Assert.Equal(File.ReadAllBytes(ours), File.ReadAllBytes(theirs));

            var batch = new Axis("batch", 2);
            var x = new IndexInput("x", [batch, model.Block], model.Vocab);
            storage.Write(x, tokens);
            using var routine = new Routine(Program.Of("logits", [model.Logits(x).Permute([batch, model.Block, model.Vocab])]), RoslynCompiler.Backend, storage);
            routine.Run();
            Near.Equal(answer["logits"].Floats, routine.Output(), 1e-5, "logits");

            // And a run whose weights PyTorch wrote is one like any other.
            File.Move(theirs, ours, overwrite: true);
            using var read = new Storage();
            foreach (var (parameter, again) in model.Parameters.Zip(RunFolder.Open(folder).LoadNetwork(read).Parameters))
                Assert.Equal(storage.Read(parameter), read.Read(again));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
