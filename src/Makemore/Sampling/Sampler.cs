using Makemore.Models;
using Makemore.Tensors.Running;
using Makemore.Text;

namespace Makemore.Sampling;

/// <summary>Makes new lines, one character after the other, each drawn from what the model says may follow.</summary>
public sealed class Sampler
{
    /// <summary>Where a line ends if the model does not end it.</summary>
    public const int LongestLine = 1000;

    /// <summary>The seed with which the lectures make their names.</summary>
    public const long LectureSeed = 2147483647L + 10;

    readonly IPredictor predictor;
    readonly Vocabulary vocabulary;

    /// <summary>A sampler of a model.</summary>
    /// <param name="predictor">The model, ready for use.</param>
    /// <param name="vocabulary">What its tokens mean.</param>
    public Sampler(IPredictor predictor, Vocabulary vocabulary) => (this.predictor, this.vocabulary) = (predictor, vocabulary);

    /// <summary>New lines without end; the caller takes as many as it wants.</summary>
    /// <param name="random">Where chance comes from. As in the lectures each character is one <c>torch.multinomial</c>.</param>
    /// <param name="options">How they are drawn, and what they must be; anything goes if null.</param>
    /// <exception cref="MakemoreException">An option makes no sense, no line meets them all (or no other one, when they are to be unique), or the model's probabilities are not numbers.</exception>
    public IEnumerable<string> Sample(TorchRandom random, SamplingOptions? options = null)
    {
        options ??= new();
        return Lines(random, options, new Constraints(options, vocabulary));
    }

    IEnumerable<string> Lines(TorchRandom random, SamplingOptions options, Constraints constraints)
    {
        for (var made = 0; ; made++)
        {
            if (options.Unique && !constraints.AnyLeft)
                throw new MakemoreException($"there are only {made:N0} different lines that the constraints allow");
            yield return Line(random, options, constraints);
        }
    }

    string Line(TorchRandom random, SamplingOptions options, Constraints constraints)
    {
        var context = new int[predictor.Block];
        var probabilities = new double[predictor.Tokens];
        var weights = new float[predictor.Tokens];
        var allowed = new bool[predictor.Tokens];
        var line = new List<int>();
        var state = constraints.Start;
        Span<int> next = stackalloc int[1];
        foreach (var token in constraints.Prefix)
            Append(token);
        while (true)
        {
            predictor.Predict(context, probabilities);
            Distribution.Check(probabilities);
            for (var token = 0; token < allowed.Length; token++)
                allowed[token] = constraints.Allows(state, token);
            Distribution.Mask(probabilities, allowed);
            Distribution.Temper(probabilities, options.Temperature);
            Distribution.Truncate(probabilities, options.TopK, options.TopP);
            if (options.Greedy)
            {
                next[0] = Distribution.Largest(probabilities);
            }
            else
            {
                for (var token = 0; token < weights.Length; token++)
                    weights[token] = (float)probabilities[token];
                random.Multinomial(weights, next, replacement: false);
            }

            if (next[0] == Vocabulary.EndMarker)
                break;
            state = constraints.Next(state, next[0]);
            Append(next[0]);
        }

        constraints.Made([.. line]);
        return vocabulary.Decode([.. line]);

        void Append(int token)
        {
            line.Add(token);
            context.AsSpan(1).CopyTo(context);
            context[^1] = token;
        }
    }
}
