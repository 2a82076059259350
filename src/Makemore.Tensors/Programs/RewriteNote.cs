namespace Makemore.Tensors.Programs;

/// <summary>What became of a rule where it could be applied.</summary>
/// <param name="Tensor">The expression.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Before">Multiplications and additions without it.</param>
/// <param name="After">Those with it.</param>
/// <param name="Applied">Whether it was applied.</param>
public sealed record RewriteNote(string Tensor, string Rule, double Before, double After, bool Applied)
{
    /// <summary>The share of the operations that may be left for a rule to be worth applying: products run at the speed of the machine, and what takes their place does not.</summary>
    public const double Worthwhile = 0.7;

    /// <summary>Whether the rule leaves clearly less to do.</summary>
    public bool IsWorthwhile => After < Worthwhile * Before;

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{Tensor}: {Rule}; {(Applied ? "done" : "left as written")}, {After:N0} operations instead of {Before:N0}{(Applied || IsWorthwhile ? "" : $", and fewer than {100 * Worthwhile:F0} % were worth it")}");
}
