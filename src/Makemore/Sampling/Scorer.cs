using Makemore.Models;
using Makemore.Text;

namespace Makemore.Sampling;

/// <summary>How likely lines are, a character at a time.</summary>
public sealed class Scorer
{
    // As many lines at once as give the model something to do.
    const int LinesAtOnce = 64;

    // And not so many that their distributions, of long lines of many characters, fill the memory.
    const int MostProbabilities = 1 << 22;

    readonly IPredictor predictor;
    readonly Vocabulary vocabulary;

    /// <summary>A scorer of a model.</summary>
    /// <param name="predictor">The model, ready for use.</param>
    /// <param name="vocabulary">What its tokens mean.</param>
    /// <exception cref="ArgumentException">They are of different numbers.</exception>
    public Scorer(IPredictor predictor, Vocabulary vocabulary)
    {
        vocabulary.CheckCount(predictor.Tokens);
        (this.predictor, this.vocabulary) = (predictor, vocabulary);
    }

    /// <summary>Scores lines, in order.</summary>
    /// <exception cref="MakemoreException">A character is not in the alphabet, or the model's probabilities are not numbers.</exception>
    public IEnumerable<ScoredLine> Score(IEnumerable<string> lines) => Together(lines).SelectMany(Score);

    IEnumerable<List<string>> Together(IEnumerable<string> lines)
    {
        var (some, probabilities) = (new List<string>(), 0L);
        foreach (var line in lines)
        {
            var more = (line.Length + 1L) * predictor.Tokens;
            if (some.Count > 0 && (some.Count == LinesAtOnce || probabilities + more > MostProbabilities))
            {
                yield return some;
                (some, probabilities) = ([], 0);
            }

            some.Add(line);
            probabilities += more;
        }

        if (some.Count > 0)
            yield return some;
    }

    List<ScoredLine> Score(IReadOnlyList<string> lines)
    {
        var examples = Examples.Of(lines, vocabulary, predictor.Block);
        var probabilities = new double[(long)examples.Count * predictor.Tokens];
        predictor.Predict(examples.Contexts, probabilities);
        Distribution.Check(Array.ConvertAll(probabilities, probability => (float)probability));
        var scored = new List<ScoredLine>();
        var example = 0;
        foreach (var line in lines)
        {
            var characters = new List<ScoredCharacter>();
            int next;
            do
            {
                next = examples.Targets[example];
                characters.Add(new(vocabulary.Symbol(next), -Math.Log(probabilities[((long)example * predictor.Tokens) + next])));
                example++;
            }
            while (next != Vocabulary.EndMarker);
            scored.Add(new(line, characters));
        }

        return scored;
    }
}

/// <summary>How likely a line is.</summary>
/// <param name="Text">The line.</param>
/// <param name="Characters">Its characters, and its end.</param>
public sealed record ScoredLine(string Text, IReadOnlyList<ScoredCharacter> Characters)
{
    /// <summary>The logarithm of the probability that the model makes this line and no other, in nats.</summary>
    public double LogProbability => -Characters.Sum(character => character.Surprise);

    /// <summary>Among how many equally likely characters the model seems to choose, on average.</summary>
    public double Perplexity => Math.Exp(-LogProbability / Characters.Count);
}

/// <summary>How little a character was expected.</summary>
/// <param name="Symbol">The character, or what stands for the end.</param>
/// <param name="Surprise">−log of its probability after the characters before it, in nats.</param>
public sealed record ScoredCharacter(string Symbol, double Surprise);
