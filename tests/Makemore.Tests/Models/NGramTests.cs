using Makemore.Testing;
using Makemore.Text;
using Makemore.Training;
using Xunit;

namespace Makemore.Models;

public class NGramTests
{
    static readonly Corpus Names = Corpus.FromLines(BuiltInDataset.Load("names").Lines.Take(300), "names");

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void Probabilities_are_those_of_the_papers_formulas(int order)
    {
        var data = new TrainingData(Names, order - 1);
        using var model = Model(data, order);
        var paper = new KneserNeyByTheBook(data.Split.Train, data.Vocabulary, order);
        for (var example = data.Dev.Start.Value; example < data.Dev.End.Value; example++)
        {
            var context = data.Examples.Context(example);
            Assert.Equal(paper.Probability(data.Vocabulary.Show(context).TrimStart('.'), data.Vocabulary.Symbol(data.Examples.Targets[example])), model.Probability(context, data.Examples.Targets[example]), 12);
        }
    }

    [Theory]
    [InlineData("names", 5)]
    [InlineData("greek", 3)]
    public void Distributions_sum_to_one_whatever_the_context(string which, int order)
    {
        var corpus = which == "names" ? Names : Corpus.FromLines(["Ελένη", "Γιώργος", "Μαρία", "Νίκος", "😀", "Άννα", "Πέτρος"]);
        var data = new TrainingData(corpus, order - 1);
        using var model = Model(data, order);
        var random = new Random(1);
        var probabilities = new double[data.Vocabulary.Count];
        for (var i = 0; i < 1000; i++)
        {
            var begin = random.Next(order);
            int[] context = [.. Enumerable.Range(0, order - 1).Select(place => place < begin ? 0 : random.Next(1, data.Vocabulary.Count))];
            model.Predict(context, probabilities);
            Assert.Equal(1, probabilities.Sum(), 12);
            Assert.All(Enumerable.Range(0, probabilities.Length), next => Assert.Equal(model.Probability(context, next), probabilities[next], 15));
            Assert.All(probabilities, probability => Assert.True(probability > 0));
        }
    }

    [Theory]
    [InlineData(SplitKind.Lecture, 1.983)]
    [InlineData(SplitKind.Unique, 2.004)]
    public void Five_characters_of_the_lectures_names_lose_what_another_program_says(SplitKind split, double loss)
    {
        var data = new TrainingData(Corpus.Load(TestData.LectureNames), 4, split);
        using var model = Model(data, 5);
        Assert.Equal(loss, model.MeanLoss(data.Examples, data.Dev), 2e-3);
    }

    [Fact]
    public void Counts_of_another_size_than_the_sequences_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new GramCounts(3, 27, [1, 2], [1]));
        Assert.Throws<ArgumentException>(() => new GramCounts(2, 27, [1, 27], [1]));
        Assert.Throws<ArgumentException>(() => new GramCounts(2, 27, [1, -1], [1]));
        Assert.Throws<ArgumentException>(() => new GramCounts(2, 27, [1, 2], [0]));
        Assert.Throws<ArgumentException>(() => new GramCounts(2, 27, [], []));
        Assert.ThrowsAny<ArgumentException>(() => new GramCounts(7, 27, [1, 2, 3, 4, 5, 6, 7], [1]));
    }

    static NGram Model(TrainingData data, int order) => new(GramCounts.Of(data.Examples, data.Train, data.Vocabulary.Count, order));
}
