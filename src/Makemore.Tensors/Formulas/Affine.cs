using Makemore.Tensors.Axes;

namespace Makemore.Tensors.Formulas;

/// <summary>A sum of indices times factors and a number: <c>2·time+3·tap+1</c>. Without terms it is a fixed index.</summary>
/// <remarks>What slices, splits and windows read and what joins and paddings write; a plain index is never one.</remarks>
public sealed record Affine : Subscript
{
    readonly ValueList<AffineTerm> terms;
    readonly int start;

    Affine(ValueList<AffineTerm> terms, int start)
    {
        this.terms = terms;
        this.start = start;
    }

    /// <inheritdoc/>
    public override ValueList<AffineTerm> Terms => terms;

    /// <inheritdoc/>
    public override int Start => start;

    /// <summary>The index that is always the same.</summary>
    public static Affine Fixed(int index) => new([], index);

    /// <summary>Σ factor·index + start: the only index where that is all it comes to, terms of one index gathered.</summary>
    public static Subscript Of(IEnumerable<(int Factor, Subscript Index)> sum, int start)
    {
        var (gathered, constant) = (new List<AffineTerm>(), start);
        foreach (var (factor, index) in sum)
        {
            constant += factor * index.Start;
            foreach (var term in index.Terms)
            {
                var known = gathered.FindIndex(other => other.Index.Equals(term.Index));
                if (known < 0)
                    gathered.Add(new AffineTerm(factor * term.Factor, term.Index));
                else
                    gathered[known] = gathered[known] with { Factor = gathered[known].Factor + (factor * term.Factor) };
            }
        }

        gathered.RemoveAll(term => term.Factor == 0);
        return gathered is [{ Factor: 1, Index: var only }] && constant == 0 ? only : new Affine([.. gathered], constant);
    }

    /// <summary>Σ factor·axis + start.</summary>
    public static Subscript Of(IEnumerable<(int Factor, Axis Axis)> sum, int start) => Of(sum.Select(term => (term.Factor, (Subscript)new AxisIndex(term.Axis))), start);
}

/// <summary>A part of an <see cref="Affine"/> sum: an <see cref="AxisIndex"/> or a <see cref="Lookup"/>, times a factor.</summary>
public sealed record AffineTerm(int Factor, Subscript Index);
