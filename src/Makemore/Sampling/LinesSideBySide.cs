using System.Runtime.InteropServices;
using Makemore.Models;
using Makemore.Tensors.Running;
using Makemore.Text;

namespace Makemore.Sampling;

/// <summary>Makes many lines at once: all get their next character in one step of the model, and a line that ends is replaced at once by the next.</summary>
sealed class LinesSideBySide
{
    readonly long seed;
    readonly Func<IDecoder> createDecoder;
    readonly Vocabulary vocabulary;
    readonly Constraints constraints;
    readonly NextCharacter choice;

    // Lines that ended before those that began earlier, until their turn comes.
    readonly Dictionary<long, string> early = [];
    readonly Queue<string> ready = [];
    long begun, given;

    /// <summary>Lines without end.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="createDecoder">What goes along the lines; it is used for them alone.</param>
    /// <param name="vocabulary">What its tokens mean.</param>
    /// <param name="options">What each line must be, whatever the others are.</param>
    /// <exception cref="MakemoreException">An option makes no sense, or no line meets them all.</exception>
    public LinesSideBySide(long seed, Func<IDecoder> createDecoder, Vocabulary vocabulary, SamplingOptions options)
    {
        (this.seed, this.createDecoder, this.vocabulary) = (seed, createDecoder, vocabulary);
        constraints = new(options, vocabulary);
        choice = new(options, constraints, vocabulary.Count);
    }

    /// <summary>A uniform number for a character.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="line">The line's number.</param>
    /// <param name="position">The character's position.</param>
    /// <param name="attempt">How often the line was made before.</param>
    public static float Share(long seed, long line, int position, uint attempt) =>
        Philox.Uniform(Philox.Words(((uint)line, (uint)(line >> 32), (uint)position, attempt), (ulong)seed).First);

    // The same lines from the first on: what is under way belongs to who enumerates, and the options are looked at once.
    LinesSideBySide(LinesSideBySide other) => (seed, createDecoder, vocabulary, constraints, choice) = (other.seed, other.createDecoder, other.vocabulary, other.constraints, other.choice);

    /// <summary>The lines in the order of their numbers, from the first on whenever they are enumerated.</summary>
    public IEnumerable<string> All()
    {
        foreach (var line in new LinesSideBySide(this).Lines())
            yield return line;
    }

    IEnumerable<string> Lines()
    {
        using var decoder = createDecoder();
        var beginnings = new Beginnings(decoder, vocabulary.Count);
        var lines = new Line[decoder.Lines];
        var (tokens, positions) = (new int[lines.Length], new int[lines.Length]);
        for (var place = 0; place < lines.Length; place++)
            Number(lines[place] = new());
        while (true)
        {
            for (var place = 0; place < lines.Length; place++)
                (tokens[place], positions[place]) = (lines[place].Last, lines[place].Tokens.Count);
            Advance(lines, beginnings, decoder.Step(tokens, positions));
            while (ready.TryDequeue(out var line))
                yield return line;
        }
    }

    void Advance(Line[] lines, Beginnings beginnings, ReadOnlySpan<float> probabilities)
    {
        Distribution.Check(probabilities);
        for (var place = 0; place < lines.Length; place++)
            Advance(lines[place], place, beginnings, probabilities.Slice(place * vocabulary.Count, vocabulary.Count));
    }

    // On to the next beginning of which nothing is known.
    void Advance(Line line, int place, Beginnings beginnings, ReadOnlySpan<float> probabilities)
    {
        var known = line.Tokens.Count == 0 ? beginnings.KeepMarker(line.Last, place, probabilities)
            : line.Before is null ? null
            : beginnings.Keep(line.Before, line.Last, place, probabilities);
        var (isElsewhere, hasEnded) = (false, false);
        while (true)
        {
            known?.Meet();
            if (Grow(line, probabilities))
            {
                line.Before = known;
                if (known?.Longer(line.Last) is not { } longer)
                    break;
                known = longer;
            }
            else
            {
                // The next line has its first character at once; where that ends too, another begins with the next step.
                Number(line);
                if (hasEnded)
                    return;
                (known, hasEnded) = (beginnings.Marker!, true);
            }

            isElsewhere = true;
            probabilities = known.Probabilities;
        }

        if (isElsewhere)
            beginnings.Recall(place, known!);
    }

    // False where the line has ended.
    bool Grow(Line line, ReadOnlySpan<float> probabilities)
    {
        var position = line.Tokens.Count;
        var next = position < constraints.Prefix.Count
            ? constraints.Prefix[position]
            : choice.Draw(probabilities, line.State, Share(seed, line.Number, position, attempt: 0));
        if (next == Vocabulary.EndMarker)
        {
            Finish(line);
            return false;
        }

        line.Tokens.Add(next);
        if (position >= constraints.Prefix.Count)
            line.State = constraints.Next(line.State, next);
        return true;
    }

    void Number(Line line)
    {
        line.Number = begun++;
        line.Tokens.Clear();
        line.State = constraints.Start;
    }

    void Finish(Line line)
    {
        var text = vocabulary.Decode(CollectionsMarshal.AsSpan(line.Tokens));
        if (line.Number != given)
        {
            early.Add(line.Number, text);
            return;
        }

        do
        {
            ready.Enqueue(text);
            given++;
        }
        while (early.Remove(given, out text!));
    }

    sealed class Line
    {
        public long Number { get; set; }

        public List<int> Tokens { get; } = [];

        public LineState State { get; set; }

        // What the line was before its last character, if that is known.
        public Beginning? Before { get; set; }

        public int Last => Tokens.Count > 0 ? Tokens[^1] : Vocabulary.EndMarker;
    }
}
