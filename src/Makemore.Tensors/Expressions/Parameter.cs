using System.Runtime.CompilerServices;
using Makemore.Tensors.Axes;

namespace Makemore.Tensors.Expressions;

/// <summary>Numbers that training changes, with the way they begin.</summary>
/// <remarks>
/// The axes may be those that nothing else fixes, and the rest inferred: see <see cref="Deferred"/>. Expressions are immutable but for
/// this: a deferred parameter's axes are set once, by its first use, and the length of one that this leaves open by what the axis first meets.
/// </remarks>
public sealed class Parameter : Leaf
{
    readonly Shape stated;

    // Of a deferred parameter: null until its first use.
    Shape? complete;

    // Of a deferred parameter: the lines of its declaration and of its first use.
    string? declared;
    string? firstUse;

    /// <summary>A parameter of these axes.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="shape">All its axes.</param>
    /// <param name="initializer">How the elements are set before the first step.</param>
    public Parameter(string name, Shape shape, Initializer initializer)
        : this(name, shape, initializer, shape)
    {
    }

    Parameter(string name, Shape stated, Initializer initializer, Shape? complete)
        : base(name, stated)
    {
        this.stated = stated;
        this.complete = complete;
        Initializer = initializer;
    }

    /// <summary>How the elements are set before the first step.</summary>
    public Initializer Initializer { get; }

    /// <summary>All its axes.</summary>
    /// <exception cref="ShapeException">It is deferred, and nothing has fixed its other axes yet.</exception>
    public override Shape Shape => complete ?? throw ShapeErrors.Of(
        $"'{Name}' {Stated}, and nothing has fixed the others yet: use it in a Dot, an Einsum or as a table first");

    string Stated => $"states {(stated.Count == 0 ? "no axes" : $"only the axes {stated}")} ({declared})";

    /// <summary>A parameter that states only the axes that nothing else fixes; its uses give it the others.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="stated">The axes that no operand has: of a layer's weights, the outputs.</param>
    /// <param name="initializer">How the elements are set before the first step; it sees all axes.</param>
    /// <param name="file">Where this is called, filled in by the compiler.</param>
    /// <param name="line">Where this is called, filled in by the compiler.</param>
    /// <remarks>
    /// What fixes axes: a <see cref="Tensor.Dot"/> those summed over, an <see cref="Functions.Einsum(string, Tensor[])"/> those whose labels
    /// other operands have, indices into it (<c>C[x]</c>) the axis they point into. They come before the stated ones, in an einsum where their labels stand.
    /// A label of an einsum that no operand fixes is an axis all the same, and as long as what it meets later: the vocabulary of an output layer whose
    /// logits meet their targets. Every further use is checked against those before; what asks for axes or lengths before there are any is a <see cref="ShapeException"/>.
    /// </remarks>
    /// <example>
    /// <code>
    /// var W1 = Parameter.Deferred("W1", [hidden], Initializers.KaimingNormalTo(Initializers.TanhGain, hidden));
    /// var preact = emb.Dot(W1, over: [block, embed]);     // W1 is [block, embed, hidden]
    /// </code>
    /// </example>
    public static Parameter Deferred(string name, Shape stated, Initializer initializer, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        new(name, stated, initializer, complete: null) { declared = $"{Path.GetFileName(file)}:{line}" };

    /// <summary>Whether it is deferred and had no use yet; then these are the axes that it states.</summary>
    internal bool IsOpen(out Shape axes)
    {
        axes = stated;
        return complete is null;
    }

    /// <summary>The line of the use that fixed an axis, or null where it is stated.</summary>
    internal string? WhereFixed(Axis axis) => stated.Contains(axis) ? null : firstUse;

    /// <summary>An axis of an open parameter that this use leaves without a length.</summary>
    internal Axis OpenAxis(string axis) => Axis.Open(axis, new(Name, axis, $"the parameter {Stated}, and its use in {CallersLine.Find()} says no length"));

    /// <summary>The only change of an expression there is: a parameter that is still open gets all its axes.</summary>
    /// <param name="axes">Those the use fixes; stated ones that are not among them follow.</param>
    /// <exception cref="ShapeException">A stated axis has another length.</exception>
    internal void Complete(Shape axes)
    {
        foreach (var axis in axes)
        {
            if (stated.Find(axis.Name) is { } own && !own.Meets(axis))
                throw ShapeErrors.Of($"axis '{axis.Name}' has length {own.LengthText} in '{Name}' and {axis.LengthText} here");
        }

        complete = axes.Union(stated);
        firstUse = CallersLine.Find();
    }
}
