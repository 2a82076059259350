using System.Globalization;
using Makemore.Models;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Roslyn;
using Makemore.Tensors.Running;
using Makemore.Text;
using Makemore.Training;
using Xunit;

namespace Makemore;

/// <summary>What parts 2 and 3 say before any long training: counts, first losses, the overfitted batch.</summary>
public class LectureFactsTests
{
    const long Seed = 2147483647;

    [Fact]
    public void Model_has_as_many_parameters_as_in_the_lecture()
    {
        Assert.Equal(Lectures.Figure("part2", "number of parameters, final net").GetInt32(), Lectures.Mlp().ParameterCount);
        Assert.Equal(Lectures.Figure("part2", "early net: parameters").GetInt32(), Lectures.Mlp(embed: 2, hidden: 100).ParameterCount);
    }

    [Fact]
    public void Parts_of_the_data_are_as_large_as_in_the_lecture()
    {
        var data = Lectures.Data;
        var sizes = new[] { data.Train, data.Dev, data.Test }.Select(part => part.GetOffsetAndLength(data.Examples.Count).Length);
        Assert.Equal(Lectures.Figure("part3", "split shapes").EnumerateArray().Select(shape => shape[0].GetInt32()), sizes);
    }

    [Fact]
    public void Untrained_nets_lose_what_the_lecture_says()
    {
        var data = Lectures.Data;
        var all = ..data.Examples.Count;
        Assert.Equal(
            Lectures.Figure("part2", "first loss of the final net on the whole train set").GetProperty("shuffles 1").GetDouble(),
            FirstLoss(Lectures.Mlp(), data, data.Train),
            1e-3);
        Assert.Equal(
            Lectures.Figure("part2", "early net: first loss on all 228146 examples").GetDouble(),
            FirstLoss(Lectures.Mlp(embed: 2, hidden: 100), data, all),
            1e-3);
    }

    [Fact]
    public void Early_net_overfits_five_names_as_in_the_lecture()
    {
        var names = Lectures.Names;
        var examples = Examples.Of(names.Lines.Take(5), Vocabulary.Of(names), block: 3);
        var model = Lectures.Mlp(embed: 2, hidden: 100);
        var programs = new LanguageModelProgram(model, examples.Count);
        using var storage = Untrained(model, programs, examples);
        var (program, batch) = programs.Train(examples.Count);
        using var step = new Routine(program, RoslynCompiler.Backend, storage);
        storage.Write(batch.Numbers, Enumerable.Range(0, examples.Count).ToArray());
        storage.Write(programs.LearningRate, 0.1f);

        var losses = Enumerable.Range(0, 1001).Select(_ =>
        {
            step.Run();
            return step.Output()[0];
        }).ToArray();

        foreach (var printed in Lectures.Figure("part2", "early net: overfitting the 32 examples, lr 0.1").EnumerateObject())
            Assert.Equal(printed.Value.GetDouble(), losses[int.Parse(printed.Name, CultureInfo.InvariantCulture)], 1e-3);
    }

    static double FirstLoss(LanguageModel model, TrainingData data, Range part)
    {
        var programs = new LanguageModelProgram(model, data.Examples.Count);
        using var storage = Untrained(model, programs, data.Examples);
        using var evaluator = new Evaluator(programs, RoslynCompiler.Backend, storage);
        return evaluator.MeanLoss(part, data.Examples);
    }

    // Part 2 draws every parameter from the standard normal distribution.
    static Storage Untrained(LanguageModel model, LanguageModelProgram programs, Examples examples)
    {
        var storage = new Storage();
        storage.Write(programs.Contexts, examples.Contexts);
        storage.Write(programs.Targets, examples.Targets);
        var random = new TorchRandom(Seed);
        foreach (var parameter in model.Parameters)
        {
            // The lecture's W2 is (in, out); the model's lies the other way round.
            var numbers = new float[parameter.Shape.Elements];
            var normal = Initializers.Normal(1);
            (parameter.Name == "W2" ? Initializers.DrawnAs([.. parameter.Shape.Reverse()], normal) : normal)(numbers, parameter.Shape, random);
            storage.Write(parameter, numbers);
        }

        return storage;
    }
}
