namespace Makemore.Text;

/// <summary>How many there are of a thing, in words.</summary>
public static class Amount
{
    /// <summary>The number and the noun: <c>1 line</c>, <c>2,000 lines</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">The noun for one, whose plural ends in an s.</param>
    public static string Of(long count, string noun) => $"{count:N0} {noun}{(count == 1 ? "" : "s")}";
}
