using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>What runs as one piece: a nest of loops, a matrix product, a transposed copy. Backends write a method for each.</summary>
/// <param name="Assignments">The lines of the program that the step carries out, in order.</param>
public abstract record Step(ValueList<Assignment> Assignments)
{
    // Fusion asks every step for these again and again.
    IReadOnlyList<Value>? written;
    IReadOnlyList<Value>? values;

    /// <summary>A step like another, of which something may be set anew: what was found out about the other is forgotten.</summary>
    protected Step(Step original) => Assignments = original.Assignments;

    /// <summary>The values the step writes, each once.</summary>
    public IReadOnlyList<Value> Written => written ??= [.. AllWritten.Distinct()];

    /// <summary>The values the step reads or writes, each once, the written first.</summary>
    public IReadOnlyList<Value> Values => values ??= [.. Written.Concat(AllRead).Distinct()];

    /// <summary>What is written, in the order in which it is.</summary>
    private protected abstract IEnumerable<Value> AllWritten { get; }

    /// <summary>What is read, in the order in which it is.</summary>
    internal abstract IEnumerable<Value> AllRead { get; }

    /// <summary>The bounded axes whose lengths the step needs to know, each once.</summary>
    public abstract IReadOnlyList<Axis> BoundedAxes { get; }

    /// <summary>Whether the step carries out a line that is meant, or moves the tensor that is.</summary>
    public bool IsIn(Selection selection) =>
        selection == Selection.Everything
        || Assignments.Any(selection.Includes)
        || (selection.Tensor is { } tensor && Values.Any(value => value.Name == tensor) && Assignments.Any((selection with { Tensor = null }).Includes));

    /// <inheritdoc/>
    public virtual bool Equals(Step? other) => other is not null && EqualityContract == other.EqualityContract && Assignments.Equals(other.Assignments);

    /// <inheritdoc/>
    public override int GetHashCode() => Assignments.GetHashCode();

    private protected static IReadOnlyList<Axis> Each(params IEnumerable<Axis?> axes) => [.. axes.OfType<Axis>().Distinct()];

    private protected static IEnumerable<Value> ReadBy(Scalar? formula) =>
        (formula?.All ?? []).OfType<Read>().SelectMany(part => part.Access.All).Select(access => access.Value);
}

/// <summary>Loops over one assignment, or over several that share their rows.</summary>
public sealed record NestStep(ValueList<Assignment> Assignments, ValueList<Statement> Statements) : Step(Assignments)
{
    /// <summary>The store that is all the loops do, or null where they do more.</summary>
    public Store? OnlyStore
    {
        get
        {
            var statements = Statements;
            while (statements is [For loop])
                statements = loop.Body;
            return statements is [Store store] ? store : null;
        }
    }

    /// <summary>Every statement, outer ones first.</summary>
    internal IEnumerable<Statement> All => Statements.SelectMany(statement => statement.All);

    /// <summary>Every element the loops read, those that only look up an index among them.</summary>
    public IEnumerable<Access> Reads => All.SelectMany(statement => statement.Reads);

    private protected override IEnumerable<Value> AllWritten =>
        All.Select(statement => statement switch { Store store => store.Target.Value, Fill fill => fill.Target, _ => null }).OfType<Value>();

    internal override IEnumerable<Value> AllRead => Reads.Select(access => access.Value);

    /// <inheritdoc/>
    public override IReadOnlyList<Axis> BoundedAxes => Each(All.SelectMany(statement =>
        (statement.Value?.All ?? []).OfType<AxisLength>().Select(length => length.Axis.Bounded).Append((statement as For)?.Variable.Bounded)));
}

/// <summary>A matrix of a value: how far apart rows and columns are, and where in the value its first element lies.</summary>
public sealed record Matrix(Value Value, int Row, int Column, int Start = 0);

/// <summary>result[row, column] = start[row, column] + Σ over depth of left[row, depth]·right[depth, column], for every value of some outer variables.</summary>
/// <param name="Assignments">The line.</param>
/// <param name="Outer">Loops around the product, with the strides of result, left, right and start along each.</param>
/// <param name="Rows">Rows of the result.</param>
/// <param name="Columns">Columns of the result, contiguous in result and start.</param>
/// <param name="Depth">Products in each sum.</param>
/// <param name="Result">The result; its columns are contiguous.</param>
/// <param name="Left">Its columns are the depth.</param>
/// <param name="Right">Its rows are the depth; its columns are contiguous unless <see cref="IsInner"/>.</param>
/// <param name="Start">What is added to the sums; a row stride of 0 is a bias. Null for nothing.</param>
public sealed record ProductStep(
    ValueList<Assignment> Assignments, ValueList<OuterLoop> Outer, int Rows, int Columns, int Depth, Matrix Result, Matrix Left, Matrix Right, Matrix? Start)
    : Step(Assignments)
{
    /// <summary>The row of the result in an <see cref="Epilogue"/>.</summary>
    public static LoopVariable Row { get; } = new("row", int.MaxValue);

    /// <summary>The column of the result in an <see cref="Epilogue"/>.</summary>
    public static LoopVariable Column { get; } = new("column", int.MaxValue);

    /// <summary>The finished sum in an <see cref="Epilogue"/>.</summary>
    public static Local Sum { get; } = new("sum");

    /// <summary>Whether the sums run along the contiguous depth of both operands, so that vectors lie along it and not along the columns. There is no epilogue then.</summary>
    public bool IsInner => Right.Column != 1;

    /// <summary>Columns that may be stored: with the padding of the result's rows, so that every vector is whole.</summary>
    public int StoredColumns { get; init; } = Columns;

    /// <summary>The bounded axis among those of <see cref="Rows"/>, which are then the most: how many there are is in proportion to its length.</summary>
    public Axis? BoundedRows { get; init; }

    /// <summary>The bounded axis among those of <see cref="Columns"/>.</summary>
    public Axis? BoundedColumns { get; init; }

    /// <summary>The bounded axis among those of <see cref="Depth"/>.</summary>
    public Axis? BoundedDepth { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<Axis> BoundedAxes => Each([.. Outer.AsEnumerable().Select(loop => loop.Variable.Bounded), BoundedRows, BoundedColumns, BoundedDepth]);

    /// <summary>What is stored in place of the sum, in terms of <see cref="Sum"/> and of reads at <see cref="Row"/> and <see cref="Column"/>; null for the sum itself.</summary>
    public Scalar? Epilogue { get; init; }

    private protected override IEnumerable<Value> AllWritten => [Result.Value];

    internal override IEnumerable<Value> AllRead => new[] { Left, Right, Start }.OfType<Matrix>().Select(matrix => matrix.Value).Concat(ReadBy(Epilogue));
}

/// <summary>A loop around a product or a transposed copy, with the distance that each matrix moves.</summary>
public sealed record OuterLoop(LoopVariable Variable, int Result, int Left, int Right, int Start);

/// <summary>result[column, row] = source[row, column], for every value of some outer variables.</summary>
/// <param name="Assignments">The line.</param>
/// <param name="Outer">Loops around the copy, with the strides of result and, as the left operand's, of the source.</param>
/// <param name="Rows">Rows of the source.</param>
/// <param name="Columns">Columns of the source.</param>
/// <param name="Result">The result.</param>
/// <param name="Source">The source.</param>
public sealed record TransposeStep(ValueList<Assignment> Assignments, ValueList<OuterLoop> Outer, int Rows, int Columns, Matrix Result, Matrix Source) : Step(Assignments)
{
    /// <summary>The bounded axis among those of <see cref="Rows"/>.</summary>
    public Axis? BoundedRows { get; init; }

    /// <summary>The bounded axis among those of <see cref="Columns"/>.</summary>
    public Axis? BoundedColumns { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<Axis> BoundedAxes => Each([.. Outer.AsEnumerable().Select(loop => loop.Variable.Bounded), BoundedRows, BoundedColumns]);

    private protected override IEnumerable<Value> AllWritten => [Result.Value];

    internal override IEnumerable<Value> AllRead => [Source.Value];
}

/// <summary>Has the cache lines of some rows fetched that later steps will read.</summary>
/// <param name="Target">Where a row begins.</param>
/// <param name="Over">The variables that run through the rows.</param>
public sealed record PrefetchStep(Access Target, ValueList<LoopVariable> Over) : Step([])
{
    private protected override IEnumerable<Value> AllWritten => [];

    internal override IEnumerable<Value> AllRead => Target.All.Select(access => access.Value);

    /// <inheritdoc/>
    public override IReadOnlyList<Axis> BoundedAxes => Each(Over.AsEnumerable().Select(variable => variable.Bounded));
}
