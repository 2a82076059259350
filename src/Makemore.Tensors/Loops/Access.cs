using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>One element of a value by its distance from the first: the sum of some terms and a number.</summary>
public sealed record Access(Value Value, ValueList<Term> Terms, int Start = 0)
{
    /// <summary>How far the access moves when a variable grows by 1; null where it moves by what is looked up.</summary>
    public int? Stride(LoopVariable variable) =>
        Terms.OfType<LookupTerm>().Any(term => term.Lookup.DependsOn(variable))
            ? null
            : Terms.OfType<VariableTerm>().Where(term => term.Variable == variable).Sum(term => term.Stride);

    /// <summary>Whether the access moves at all when the variable grows.</summary>
    public bool DependsOn(LoopVariable variable) => Stride(variable) != 0;

    /// <summary>Whether both reach the same element at every turn of a loop, were their values one.</summary>
    public bool IsSamePlace(Access other) => Start == other.Start && Terms.Equals(other.Terms);

    /// <summary>The access with one variable in place of two neighbours.</summary>
    public Access Merge(LoopVariable outer, LoopVariable inner, LoopVariable merged) => this with
    {
        Terms = new([.. Terms.Where(term => term is not VariableTerm { Variable: var variable } || variable != outer).Select(term => term switch
        {
            VariableTerm { Variable: var variable } along when variable == inner => along with { Variable = merged },
            LookupTerm lookup => lookup with { Lookup = lookup.Lookup.Merge(outer, inner, merged) },
            _ => term,
        })]),
    };

    /// <summary>Whether each turn of a loop reaches into a stretch of its own, as long as the way from one turn to the next.</summary>
    public bool StaysInTurn(LoopVariable variable) =>
        Stride(variable) is > 0 and var stride && Start >= 0 && Terms.All(term => term is VariableTerm { Stride: > 0 })
        && Start + Terms.OfType<VariableTerm>().Where(term => term.Variable != variable).Sum(term => (term.Variable.Length - 1L) * term.Stride) < stride;

    /// <summary>The access some turns of a loop later.</summary>
    public Access Shifted(LoopVariable variable, int turns) => this with
    {
        Start = Start + (Terms.OfType<VariableTerm>().Where(term => term.Variable == variable).Sum(term => term.Stride) * turns),
        Terms = Terms.Select(term => term is LookupTerm lookup ? lookup with { Lookup = lookup.Lookup.Shifted(variable, turns) } : term),
    };

    /// <summary>This access and all that its indices are looked up with.</summary>
    public IEnumerable<Access> All => Terms.OfType<LookupTerm>().SelectMany(term => term.Lookup.All).Prepend(this);

    /// <summary>The distance from the first element as an expression: <c>batch * 27 + x[batch * 3 + block] * 10</c>.</summary>
    public string Offset => Terms.Count == 0 ? $"{Start}" : string.Join(" + ", Terms) + (Start == 0 ? "" : $" + {Start}");

    /// <inheritdoc/>
    public override string ToString() => $"{Value.Name}[{Offset}]";
}

/// <summary>A part of an <see cref="Access"/>'s distance.</summary>
public abstract record Term(int Stride)
{
    /// <summary>The factor's text, multiplied by the stride.</summary>
    protected string Times(string factor) => Stride == 1 ? factor : $"{factor} * {Stride}";
}

/// <summary>A loop variable times a stride.</summary>
public sealed record VariableTerm(int Stride, LoopVariable Variable) : Term(Stride)
{
    /// <inheritdoc/>
    public override string ToString() => Times(Variable.Name);
}

/// <summary>An index read from memory times a stride.</summary>
public sealed record LookupTerm(int Stride, Access Lookup) : Term(Stride)
{
    /// <inheritdoc/>
    public override string ToString() => Times(Lookup.ToString());
}

/// <summary>An element read from memory.</summary>
public sealed record Read(Access Access) : Scalar
{
    /// <inheritdoc/>
    protected internal override string PrintAtom() => Access.ToString();
}
