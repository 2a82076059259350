namespace Makemore.Text;

/// <summary>
/// What a model of a fixed context learns from: each character of each line, and the line's end, as a target, with the
/// <see cref="Block"/> tokens before it as its context.
/// </summary>
/// <remarks>
/// The <c>build_dataset</c> of the lectures (<c>makemore_part2_mlp.ipynb</c>), after Bengio et al. 2003. At a block of 3, "em"
/// gives <c>... → e</c>, <c>..e → m</c> and <c>.em → .</c>; contexts start with markers, token 0.
/// </remarks>
public sealed class Examples
{
    Examples(int block, int[] contexts, int[] targets) => (Block, Contexts, Targets) = (block, contexts, targets);

    /// <summary>The number of tokens in a context.</summary>
    public int Block { get; }

    /// <summary>The number of examples.</summary>
    public int Count => Targets.Length;

    /// <summary>The contexts one after another, tokens in the order of the text: <c>[example, block]</c>, row-major.</summary>
    public int[] Contexts { get; }

    /// <summary>The token that follows each context: <c>[example]</c>.</summary>
    public int[] Targets { get; }

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
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentOutOfRangeException.ThrowIfLessThan(block, 1);
        int[][] encoded = [.. lines.Select(vocabulary.Encode)];
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

        return new(block, contexts, targets);
    }
}
