using Makemore.Models;
using Makemore.Tensors.Running;
using Makemore.Text;

namespace Makemore.Sampling;

/// <summary>Makes new lines, one character after the other, each drawn from what the model says may follow.</summary>
public sealed class Sampler
{
    /// <summary>Where a line ends if the model does not end it, unless told otherwise.</summary>
    public const int LongestLine = 1000;

    /// <summary>The seed with which the lectures make their names.</summary>
    public const long LectureSeed = 2147483647L + 10;

    /// <summary>How many lines are made side by side unless told otherwise: enough to keep matrix products busy.</summary>
    public const int LinesAtOnce = 64;

    readonly IPredictor predictor;
    readonly Vocabulary vocabulary;

    /// <summary>A sampler of a model.</summary>
    /// <param name="predictor">The model, ready for use.</param>
    /// <param name="vocabulary">What its tokens mean.</param>
    /// <exception cref="ArgumentException">They are of different numbers.</exception>
    public Sampler(IPredictor predictor, Vocabulary vocabulary)
    {
        vocabulary.CheckCount(predictor.Tokens);
        (this.predictor, this.vocabulary) = (predictor, vocabulary);
    }

    /// <summary>New lines without end, many made side by side; the caller takes as many as it wants.</summary>
    /// <remarks>
    /// Each line has random numbers of its own: those of <see cref="Philox"/> with the seed for its key and the line's number and the character's
    /// position for its counter. So a line depends on seed and number and on nothing else, be it how many are made at once or what the model keeps
    /// of them. Where lines are to be unique, one that was made before is made once more, of other numbers and with those made before forbidden.
    /// </remarks>
    /// <param name="seed">The seed.</param>
    /// <param name="options">How they are drawn, and what they must be; anything goes if null.</param>
    /// <param name="atOnce">How many lines are made side by side.</param>
    /// <exception cref="MakemoreException">An option makes no sense, no line meets them all (or no other one, when they are to be unique), or the model's probabilities are not numbers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No lines are to be made at once, or fewer.</exception>
    public IEnumerable<string> Sample(long seed, SamplingOptions? options = null, int atOnce = LinesAtOnce)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atOnce, 1);
        return Sample(seed, options ?? new(), () => predictor.Decoder(atOnce));
    }

    /// <summary>New lines without end, made one after the other as in the lectures.</summary>
    /// <param name="random">Where chance comes from: each character is one <c>torch.multinomial</c>.</param>
    /// <param name="options">How they are drawn, and what they must be; anything goes if null.</param>
    /// <exception cref="MakemoreException">An option makes no sense, no line meets them all (or no other one, when they are to be unique), or the model's probabilities are not numbers.</exception>
    public IEnumerable<string> Sample(TorchRandom random, SamplingOptions? options = null)
    {
        LineMaker Begin() => new(predictor, vocabulary, options ?? new());
        LineMaker? first = Begin();
        return OneAfterTheOther();

        IEnumerable<string> OneAfterTheOther()
        {
            // What has shown that the options make sense serves who comes first; whoever enumerates again begins anew.
            var maker = first ?? Begin();
            first = null;
            while (true)
                yield return maker.Make((weights, _) => Multinomial(random, weights));
        }
    }

    /// <summary>New lines without end, with a decoder that the caller chooses.</summary>
    internal IEnumerable<string> Sample(long seed, SamplingOptions options, Func<IDecoder> decoder)
    {
        var lines = new LinesSideBySide(seed, decoder, vocabulary, options with { Unique = false }).All();
        return options.Unique ? Different(seed, lines, options) : lines;
    }

    IEnumerable<string> Different(long seed, IEnumerable<string> lines, SamplingOptions options)
    {
        var maker = new LineMaker(predictor, vocabulary, options);
        foreach (var (number, line) in lines.Index())
            yield return maker.Accept(line) ? line : maker.Make((weights, position) => Distribution.Draw(weights, LinesSideBySide.Share(seed, number, position, attempt: 1)));
    }

    static int Multinomial(TorchRandom random, ReadOnlySpan<float> weights)
    {
        Span<int> next = stackalloc int[1];
        random.Multinomial(weights, next, replacement: false);
        return next[0];
    }
}
