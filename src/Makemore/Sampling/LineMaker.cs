using Makemore.Models;
using Makemore.Text;

namespace Makemore.Sampling;

/// <summary>Draws a character.</summary>
/// <param name="weights">How likely each token is, their sum may be any.</param>
/// <param name="position">How many characters the line has.</param>
delegate int DrawCharacter(ReadOnlySpan<float> weights, int position);

/// <summary>Makes lines one after the other, each of all that were made before it where they are to be unique.</summary>
sealed class LineMaker
{
    readonly IPredictor predictor;
    readonly Vocabulary vocabulary;
    readonly SamplingOptions options;
    readonly Constraints constraints;
    readonly NextCharacter choice;
    int made;

    /// <summary>A maker of lines.</summary>
    /// <exception cref="MakemoreException">An option makes no sense, or no line meets them all.</exception>
    public LineMaker(IPredictor predictor, Vocabulary vocabulary, SamplingOptions options)
    {
        (this.predictor, this.vocabulary, this.options) = (predictor, vocabulary, options);
        constraints = new(options, vocabulary);
        choice = new(options, constraints, predictor.Tokens);
    }

    /// <summary>Makes the next line.</summary>
    /// <exception cref="MakemoreException">There is no other one, when they are to be unique, or the model's probabilities are not numbers.</exception>
    public string Make(DrawCharacter draw)
    {
        CheckAnyLeft();
        var context = new int[predictor.Block];
        var probabilities = new double[predictor.Tokens];
        var rounded = new float[predictor.Tokens];
        var line = new List<int>();
        var state = constraints.Start;
        foreach (var token in constraints.Prefix)
            Append(token);
        while (true)
        {
            predictor.Predict(context, probabilities);
            for (var token = 0; token < rounded.Length; token++)
                rounded[token] = (float)probabilities[token];
            Distribution.Check(rounded);
            var weights = choice.Weights(rounded, state);
            var next = options.Greedy ? Distribution.Largest(weights) : draw(weights, line.Count);
            if (next == Vocabulary.EndMarker)
                break;
            state = constraints.Next(state, next);
            Append(next);
        }

        Note([.. line]);
        return vocabulary.Decode([.. line]);

        void Append(int token)
        {
            line.Add(token);
            context.AsSpan(1).CopyTo(context);
            context[^1] = token;
        }
    }

    /// <summary>Takes a line that was made elsewhere for the next one, unless it was made before.</summary>
    /// <exception cref="MakemoreException">There is no other line.</exception>
    public bool Accept(string text)
    {
        CheckAnyLeft();
        var line = vocabulary.Encode(text);
        if (constraints.IsForbidden(line))
            return false;
        Note(line);
        return true;
    }

    void CheckAnyLeft()
    {
        if (options.Unique && !constraints.AnyLeft)
            throw new MakemoreException($"there {(made == 1 ? "is" : "are")} only {Amount.Of(made, "different line")} that the constraints allow");
    }

    void Note(ReadOnlySpan<int> line)
    {
        constraints.Made(line);
        made++;
    }
}
