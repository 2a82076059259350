using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Expressions;

/// <summary>A tensor whose elements are given from outside: an input, a parameter. Two leaves are never the same.</summary>
public abstract class Leaf : Tensor
{
    private protected Leaf(string name, Shape shape)
        : base(shape)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Rename(name);
    }

    /// <summary>The leaf's name.</summary>
    public new string Name => base.Name!;

    /// <inheritdoc/>
    public sealed override Formula? Formula => null;

    /// <inheritdoc/>
    public sealed override string Operation => Name;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Tensor?> OperandGradients(Tensor upstream) => [];
}

/// <summary>Numbers that the caller sets before a run: a learning rate, a batch of measurements.</summary>
public sealed class Input(string name, Shape shape) : Leaf(name, shape);

/// <summary>Positions along an axis that the caller sets before a run: characters, targets, the rows of a batch.</summary>
public sealed class IndexInput(string name, Shape shape, Axis into) : Leaf(name, shape)
{
    /// <summary>The axis the indices point into; each is from 0 to its length − 1.</summary>
    public override Axis Into { get; } = into;
}
