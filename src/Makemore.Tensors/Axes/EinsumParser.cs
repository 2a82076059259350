using System.Globalization;

namespace Makemore.Tensors.Axes;

/// <summary>Reads the indices of a tensor: words between spaces, each a sum of labels, numbers and products of both.</summary>
sealed class EinsumParser(EinsumNotation notation)
{
    // Far beyond any axis, and far from overflowing.
    const int Largest = 9_999_999;

    readonly string text = notation.Text;

    // The part of the text that is being read, an index, and how far it has been.
    int at, end;

    char? Next => at < end ? text[at] : null;

    /// <summary>The indices between two places.</summary>
    public EinsumIndices Indices(int from, int to)
    {
        var indices = new List<EinsumIndex>();
        for (at = from; at < to;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            for (end = at; end < to && !char.IsWhiteSpace(text[end]);)
                end++;
            indices.Add(Index());
        }

        return new(indices, indices is [var first, ..] ? first.Position : from + 1);
    }

    EinsumIndex Index()
    {
        var (start, terms, sum) = (at, new List<EinsumTerm>(), 0);
        var word = text[start..end];
        if (word == EinsumIndex.EllipsisText)
        {
            at = end;
            return new(word, start + 1, [], 0);
        }

        var sign = 1;
        while (true)
        {
            var position = at + 1;
            var number = Number();
            if (number is { } added && Next != '*')
            {
                sum += sign * added;
            }
            else if (number == 0)
            {
                throw notation.Mistake(position, "a factor is at least 1");
            }
            else
            {
                at += number is null ? 0 : 1;
                terms.Add(Term(number ?? 1, sign));
            }

            if (Next is null)
                break;
            sign = Sign();
        }

        return terms.Count > 0 || sum >= 0 ? new(word, start + 1, terms, sum) : throw notation.Mistake(start + 1, $"positions count from 0, and '{word}' is {sum}");
    }

    int? Number()
    {
        var start = at;
        while (Next is { } digit && char.IsAsciiDigit(digit))
            at++;
        if (at == start)
            return null;
        return int.TryParse(text.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= Largest
            ? number
            : throw notation.Mistake(start + 1, $"{text[start..at]} is too large");
    }

    EinsumTerm Term(int factor, int sign)
    {
        var (start, position) = (at, at + 1);
        if (Next is not { } first)
            throw notation.Mistake(position, $"a label or a number is missing after '{text[at - 1]}'; an index has no spaces inside");
        if (!char.IsLetter(first))
            throw notation.Mistake(position, $"a label or a number is missing before '{first}'");
        while (Next is { } next && (char.IsLetterOrDigit(next) || next == '_'))
            at++;
        var label = text[start..at];
        return sign > 0 ? new(factor, label, position) : throw notation.Mistake(position, $"'{label}' is subtracted, and only numbers can be");
    }

    int Sign() => text[at++] switch
    {
        '+' => 1,
        '-' => -1,
        '*' => throw notation.Mistake(at, "a factor is a number before its label, as in '2*t'"),
        var other => throw notation.Mistake(at, $"'{other}' is no part of an index"),
    };
}
