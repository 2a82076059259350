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
    /// <param name="temperature">The logits are divided by it: below 1 safer, above 1 bolder.</param>
    /// <exception cref="MakemoreException">The temperature is not a number between 0.01 and 100, or the model's probabilities are not numbers.</exception>
    public IEnumerable<string> Sample(TorchRandom random, double temperature = 1)
    {
        CheckTemperature(temperature);
        return Lines(random, temperature);
    }

    /// <summary>Checks that a temperature makes sense.</summary>
    /// <exception cref="MakemoreException">It is not a number between 0.01 and 100.</exception>
    public static void CheckTemperature(double temperature)
    {
        if (!(temperature >= 0.01 && temperature <= 100))
            throw new MakemoreException($"the temperature is {temperature}; it must be a number between 0.01 and 100");
    }

    IEnumerable<string> Lines(TorchRandom random, double temperature)
    {
        while (true)
            yield return Line(random, temperature);
    }

    string Line(TorchRandom random, double temperature)
    {
        var context = new int[predictor.Block];
        var probabilities = new double[predictor.Tokens];
        var weights = new float[predictor.Tokens];
        var line = new List<int>();
        Span<int> next = stackalloc int[1];
        while (line.Count < LongestLine)
        {
            predictor.Predict(context, probabilities);
            Distribution.Check(probabilities);
            Weigh(probabilities, temperature, weights);
            random.Multinomial(weights, next, replacement: false);
            if (next[0] == Vocabulary.EndMarker)
                break;
            line.Add(next[0]);
            context.AsSpan(1).CopyTo(context);
            context[^1] = next[0];
        }

        return vocabulary.Decode([.. line]);
    }

    // p^(1/temperature): the softmax of logits that were divided by it, but for a factor. The likeliest has the weight 1, so that none vanishes that counts.
    static void Weigh(ReadOnlySpan<double> probabilities, double temperature, Span<float> weights)
    {
        var largest = 0.0;
        foreach (var probability in probabilities)
            largest = Math.Max(largest, probability);
        for (var i = 0; i < weights.Length; i++)
            weights[i] = (float)(temperature == 1 ? probabilities[i] : Math.Pow(probabilities[i] / largest, 1 / temperature));
    }
}
