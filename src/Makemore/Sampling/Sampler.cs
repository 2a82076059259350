using Makemore.Models;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Running;
using Makemore.Text;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Sampling;

/// <summary>Makes new lines, one character after the other, each drawn from what the model says may follow.</summary>
public sealed class Sampler : IDisposable
{
    /// <summary>Where a line ends if the model does not end it.</summary>
    public const int LongestLine = 1000;

    /// <summary>The seed with which the lectures make their names.</summary>
    public const long LectureSeed = 2147483647L + 10;

    readonly Vocabulary vocabulary;
    readonly Storage storage;
    readonly IndexInput characters;
    readonly Input temperature;
    readonly Routine routine;

    /// <summary>A sampler of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="vocabulary">What its tokens mean.</param>
    /// <param name="storage">Its parameters, trained elsewhere; the sampler sees what training changes.</param>
    /// <param name="backend">What compiles the model.</param>
    public Sampler(LanguageModel model, Vocabulary vocabulary, Storage storage, IBackend backend)
    {
        (this.vocabulary, this.storage) = (vocabulary, storage);
        characters = new IndexInput("x", [new Axis("batch", 1), model.Block], model.Vocab);
        temperature = new Input("temperature", Shape.Scalar);
        var probabilities = Softmax(model.Logits(characters) / temperature, [model.Vocab]).As("probabilities");
        routine = new Routine(Program.Of("sample", [probabilities]), backend, storage);
    }

    /// <summary>New lines without end; the caller takes as many as it wants.</summary>
    /// <param name="random">Where chance comes from. As in the lectures each character is one <c>torch.multinomial</c>.</param>
    /// <param name="temperature">The logits are divided by it: below 1 safer, above 1 bolder.</param>
    /// <exception cref="MakemoreException">The temperature is not a number between 0.01 and 100, or the model's probabilities are not numbers.</exception>
    public IEnumerable<string> Sample(TorchRandom random, double temperature = 1)
    {
        CheckTemperature(temperature);
        return Lines(random, (float)temperature);
    }

    /// <summary>Checks that a temperature makes sense.</summary>
    /// <exception cref="MakemoreException">It is not a number between 0.01 and 100.</exception>
    public static void CheckTemperature(double temperature)
    {
        if (!(temperature >= 0.01 && temperature <= 100))
            throw new MakemoreException($"the temperature is {temperature}; it must be a number between 0.01 and 100");
    }

    IEnumerable<string> Lines(TorchRandom random, float temperature)
    {
        while (true)
            yield return Line(random, temperature);
    }

    string Line(TorchRandom random, float temperature)
    {
        var context = new int[characters.Shape.Elements];
        var line = new List<int>();
        Span<int> next = stackalloc int[1];
        storage.Write(this.temperature, temperature);
        while (line.Count < LongestLine)
        {
            storage.Write(characters, context);
            routine.Run();
            CheckProbabilities(routine.Output());
            random.Multinomial(routine.Output(), next, replacement: false);
            if (next[0] == Vocabulary.EndMarker)
                break;
            line.Add(next[0]);
            context.AsSpan(1).CopyTo(context);
            context[^1] = next[0];
        }

        return vocabulary.Decode([.. line]);
    }

    static void CheckProbabilities(ReadOnlySpan<float> probabilities)
    {
        foreach (var probability in probabilities)
        {
            if (!float.IsFinite(probability))
                throw new MakemoreException("the model's probabilities are not numbers; its training diverged or its parameters are damaged, so train it again with a lower learning rate");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => routine.Dispose();
}
