namespace Makemore.Tensors.Axes;

/// <summary>
/// Einsum notation, read: <c>b 2*t+k c, k c f -> b t f</c>. Indices are separated by spaces, tensors by commas, and what follows the
/// arrow is the result. An index is a label, a sum of labels with factors and a number, a number alone, or <c>...</c>.
/// </summary>
sealed class EinsumNotation
{
    const string Arrow = "->";

    EinsumNotation(string text)
    {
        Text = text;
        var arrow = text.IndexOf(Arrow, StringComparison.Ordinal);
        if (arrow < 0)
            throw Mistake(text.Length + 1, "the result is missing; write '->' and its labels");
        var parser = new EinsumParser(this);
        var operands = new List<EinsumIndices>();
        for (int start = 0, end; start <= arrow; start = end + 1)
        {
            end = text.IndexOf(',', start, arrow - start) is >= 0 and var comma ? comma : arrow;
            operands.Add(parser.Indices(start, end));
        }

        Operands = operands;
        Result = parser.Indices(arrow + Arrow.Length, text.Length);
        Check();
    }

    /// <summary>The notation as it was written.</summary>
    public string Text { get; }

    /// <summary>The indices of the operands.</summary>
    public IReadOnlyList<EinsumIndices> Operands { get; }

    /// <summary>The indices of the result: labels, each once, and perhaps <c>...</c>.</summary>
    public EinsumIndices Result { get; }

    /// <summary>Reads a notation.</summary>
    /// <exception cref="EinsumException">It has a mistake.</exception>
    public static EinsumNotation Parse(string text) => new(text);

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>What is thrown for a mistake at a position, counted from 1.</summary>
    public EinsumException Mistake(int position, string mistake) => new(Text, position, mistake);

    void Check()
    {
        foreach (var tensor in Operands.Append(Result))
        {
            var seen = new HashSet<string>();
            if (tensor.Terms.FirstOrDefault(term => !seen.Add(term.Label)) is { } again)
                throw Mistake(again.Position, $"'{again.Label}' stands twice in one tensor, and diagonals are not supported");
            if (tensor.Indices.Where(index => index.IsEllipsis).Skip(1).FirstOrDefault() is { } second)
                throw Mistake(second.Position, "'...' stands twice in one tensor");
        }

        var known = Operands.SelectMany(operand => operand.Terms).Select(term => term.Label).ToHashSet();
        foreach (var index in Result.Indices.Where(index => !index.IsEllipsis))
        {
            if (index.Label is null)
                throw Mistake(index.Position, $"the result has single labels, and '{index.Text}' is none");
            if (!known.Contains(index.Label))
                throw Mistake(index.Position, $"the result's label '{index.Label}' stands in no operand");
        }

        if (Result.Ellipsis is { } unmatched && !Operands.Any(operand => operand.Ellipsis is not null))
            throw Mistake(unmatched.Position, "the result has '...' and no operand has");
        if (Result.Ellipsis is null && Operands.Select(operand => operand.Ellipsis).FirstOrDefault(index => index is not null) is { } lost)
            throw Mistake(lost.Position, "an operand has '...' and the result has not");
    }
}
