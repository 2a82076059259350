using Makemore.Models;
using Makemore.Tensors.Roslyn;
using Xunit;

namespace Makemore.Sampling;

public class ScorerTests
{
    static readonly BigramCounts Counts = new(GramCounts.Of(SmallTraining.Data.Examples, SmallTraining.Data.Train, SmallTraining.Data.Vocabulary.Count, 2), 1);

    [Fact]
    public void Surprise_of_each_character_is_the_models()
    {
        var vocabulary = SmallTraining.Data.Vocabulary;
        var line = new Scorer(Counts, vocabulary).Score(["mia"]).Single();
        int[] tokens = [0, .. vocabulary.Encode("mia"), 0];
        Assert.Equal(["m", "i", "a", "."], line.Characters.Select(character => character.Symbol));
        Assert.Equal(tokens.Zip(tokens[1..]).Select(pair => -Math.Log(Counts.Probability([pair.First], pair.Second))), line.Characters.Select(character => character.Surprise));
        Assert.Equal(-line.Characters.Sum(character => character.Surprise), line.LogProbability);
        Assert.Equal(Math.Exp(-line.LogProbability / 4), line.Perplexity, 12);
    }

    [Fact]
    public void Mean_surprise_of_a_part_is_its_loss()
    {
        using var training = new SmallTraining(new() { Steps = 100, Batch = 8 });
        var losses = training.Trainer.Run().Losses;
        foreach (var rows in (int[])[1, 7, 512])
        {
            using var predictor = new TrainedNetwork(training.Model, training.Trainer.Storage, RoslynCompiler.Backend, rows);
            var characters = new Scorer(predictor, SmallTraining.Data.Vocabulary).Score(SmallTraining.Data.Split.Train).SelectMany(line => line.Characters);
            Assert.Equal(losses.Train, characters.Average(character => character.Surprise), 1e-5);
        }
    }

    [Fact]
    public void Probabilities_of_all_lines_sum_to_one()
    {
        // Of two letters, over all lines of up to 12: what is missing are longer ones.
        var data = new Training.TrainingData(Text.Corpus.FromLines(["a", "ab", "b", "ba", "a", "b"]), 2);
        using var model = new NGram(GramCounts.Of(data.Examples, data.Train, data.Vocabulary.Count, 3));
        var lines = Enumerable.Range(0, 13).SelectMany(length => Enumerable.Range(0, 1 << length).Select(bits => string.Concat(Enumerable.Range(0, length).Select(place => "ab"[(bits >> place) & 1]))));
        Assert.Equal(1, new Scorer(model, data.Vocabulary).Score(lines).Sum(line => Math.Exp(line.LogProbability)), 0.02);
    }

    [Fact]
    public void Character_outside_the_alphabet_is_named() =>
        Assert.StartsWith("character 'X' (U+0058) of 'miX' is not in the alphabet 'a", Assert.Throws<MakemoreException>(() => new Scorer(Counts, SmallTraining.Data.Vocabulary).Score(["miX"]).ToList()).Message);
}
