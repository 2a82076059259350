using Makemore.Files;
using Makemore.Models;
using Makemore.Tensors.Roslyn;
using Makemore.Tensors.Running;
using Makemore.Testing;
using Makemore.Text;
using Makemore.Training;
using Xunit;

namespace Makemore;

/// <summary>The loss on makemore.py's 1,000 words held out, as the trainer evaluates it, against PyTorch's: weights, data and split are PyTorch's own.</summary>
public class EvaluationTests
{
    [Theory]
    [InlineData("bigram")]
    [InlineData("mlp-makemore")]
    [InlineData("rnn")]
    [InlineData("gru")]
    [InlineData("lstm")]
    [InlineData("bow")]
    [InlineData("transformer")]
    public void Loss_on_the_words_held_out_is_PyTorchs(string kind)
    {
        var corpus = Lectures.Names;
        var settings = ModelCatalog.Fit(ModelCatalog.Initial(kind), corpus);
        var embed = ModelCatalog.Sizes(kind).Contains(nameof(ModelSettings.Width)) ? settings.Width : settings.Embed;
        var theirs = Torch.Run(
            "evaluation.py",
            [kind, TestData.LectureNames],
            [
                TensorData.Of("seed", [], [Split.MakemoreSeed]),
                TensorData.Of("sizes", [4], [embed, settings.Hidden, settings.Layers, (long)settings.Heads]),
            ]);

        var data = TrainingData.For(corpus, settings, SplitKind.Makemore);
        var model = ModelCatalog.Create(settings, data.Vocabulary.Count);
        var programs = new LanguageModelProgram(model, data.Examples.Count);
        using var storage = new Storage();
        programs.Write(storage, data.Examples);
        foreach (var parameter in model.Parameters)
            storage.Write(parameter, theirs[parameter.Name].Floats);
        using var evaluator = new Evaluator(programs, RoslynCompiler.Backend, storage);

        var expected = theirs["loss"].Floats[0];
        Assert.Equal(1000, data.Split.Dev.Count);
        Assert.InRange(expected, 2, 3.2);
        Assert.Equal(1, evaluator.MeanLoss(data.Dev, data.Examples) / expected, 1e-5);
    }
}
