namespace Makemore.Text;

/// <summary>
/// What a model learns from, in one table. For a model of a fixed context: each character of each line, and the line's end, as a target,
/// with the <see cref="Block"/> tokens before it as its context. For a model of sequences: whole lines, with a target at each position.
/// </summary>
/// <remarks>
/// Contexts are the <c>build_dataset</c> of the lectures (<c>makemore_part2_mlp.ipynb</c>), after Bengio et al. 2003. At a block of 3, "em"
/// gives <c>... → e</c>, <c>..e → m</c> and <c>.em → .</c>; contexts start with markers, token 0. Whole lines are the <c>CharDataset</c> of
/// makemore.py: at a block of 4, "em" gives <c>.em. → em..</c>, of which the first three count.
/// </remarks>
public sealed class Examples
{
    Examples(int block, int[] contexts, int[] targets, int[]? lengths) => (Block, Contexts, Targets, Lengths) = (block, contexts, targets, lengths);

    /// <summary>The number of tokens in a context, or of positions in a line.</summary>
    public int Block { get; }

    /// <summary>The number of examples.</summary>
    public int Count => Contexts.Length / Block;

    /// <summary>The contexts or lines one after another, tokens in the order of the text: <c>[example, block]</c>, row-major.</summary>
    public int[] Contexts { get; }

    /// <summary>The token that follows each context, <c>[example]</c>, or each position of each line, <c>[example, block]</c>.</summary>
    public int[] Targets { get; }

    /// <summary>How many positions of each line count, its end included: <c>[example]</c>; null where the examples are contexts.</summary>
    public int[]? Lengths { get; }

    /// <summary>How many tokens are to be predicted in some of the examples.</summary>
    public long Predicted(Range examples)
    {
        var (first, length) = examples.GetOffsetAndLength(Count);
        return Lengths is null ? length : Lengths.AsSpan(first, length).ToArray().Sum(positions => (long)positions);
    }

    /// <summary>The tokens before a target.</summary>
    /// <param name="example">Its number.</param>
    /// <returns><see cref="Block"/> tokens, the nearest last.</returns>
    public ReadOnlySpan<int> Context(int example) => Contexts.AsSpan(example * Block, Block);

    /// <summary>Makes the examples of lines, in order.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="vocabulary">The vocabulary; it holds every character of the lines.</param>
    /// <param name="block">The number of tokens in a context, at least 1.</param>
    /// <returns>One example for each character, and one for the end of each line.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="block"/> is less than 1.</exception>
    /// <exception cref="MakemoreException">A character is not in the vocabulary, or the contexts would not fit into an array.</exception>
    public static Examples Of(IEnumerable<string> lines, Vocabulary vocabulary, int block)
    {
        var encoded = Encode(lines, vocabulary, block);
        var count = encoded.Sum(line => line.Length + 1L);
        if (count * block > int.MaxValue / sizeof(int))
            throw new MakemoreException($"{count:N0} contexts of {block:N0} tokens are too many; give fewer lines or a shorter block");

        var contexts = new int[count * block];
        var targets = new int[count];
        var example = 0;
        foreach (var line in encoded)
        {
            for (var end = 0; end <= line.Length; end++, example++)
            {
                var known = Math.Min(end, block);
                line.AsSpan(end - known, known).CopyTo(contexts.AsSpan((example * block) + block - known));
                targets[example] = end < line.Length ? line[end] : Vocabulary.EndMarker;
            }
        }

        return new(block, contexts, targets, null);
    }

    /// <summary>Makes an example of each line, in order: a marker and its characters, with its characters and a marker as targets.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="vocabulary">The vocabulary; it holds every character of the lines.</param>
    /// <param name="block">The number of positions, more than any line has characters.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="block"/> is less than 1.</exception>
    /// <exception cref="MakemoreException">A line is too long, a character is not in the vocabulary, or the lines would not fit into an array.</exception>
    public static Examples OfLines(IEnumerable<string> lines, Vocabulary vocabulary, int block)
    {
        var encoded = Encode(lines, vocabulary, block);
        if (Array.Find(encoded, line => line.Length >= block) is { } longest)
            throw new MakemoreException($"a line has {Amount.Of(longest.Length, "character")}, and with {Amount.Of(block, "position")} a model learns lines of up to {block - 1:N0}");
        if ((long)encoded.Length * block > int.MaxValue / sizeof(int))
            throw new MakemoreException($"{encoded.Length:N0} lines of {block:N0} positions are too many; give fewer or shorter lines");

        var inputs = new int[encoded.Length * block];
        var targets = new int[inputs.Length];
        for (var example = 0; example < encoded.Length; example++)
        {
            encoded[example].CopyTo(inputs, (example * block) + 1);
            encoded[example].CopyTo(targets, example * block);
        }

        return new(block, inputs, targets, [.. encoded.Select(line => line.Length + 1)]);
    }

    static int[][] Encode(IEnumerable<string> lines, Vocabulary vocabulary, int block)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentOutOfRangeException.ThrowIfLessThan(block, 1);
        return [.. lines.Select(vocabulary.Encode)];
    }
}
