using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Loops;

/// <summary>A statement of a loop nest.</summary>
public abstract record Statement
{
    /// <summary>The statements directly inside.</summary>
    public virtual IEnumerable<Statement> Inside => [];

    /// <summary>This statement and everything inside, outermost first.</summary>
    public IEnumerable<Statement> All => Inside.SelectMany(statement => statement.All).Prepend(this);

    /// <summary>The formula that the statement itself evaluates, if any.</summary>
    public virtual Scalar? Value => null;

    /// <summary>The local that there is from the statement on, if any.</summary>
    public virtual Local? Begun => null;

    /// <summary>The elements that the statement itself reads, those that only look up an index among them.</summary>
    public IEnumerable<Access> Reads =>
        (Value?.All ?? []).OfType<Read>().SelectMany(read => read.Access.All).Concat(this is Store store ? store.Target.All.Skip(1) : []);

    /// <summary>The elements that the statement itself reads or stores.</summary>
    public IEnumerable<Access> Accesses => this is Store store ? Reads.Append(store.Target) : Reads;

    /// <summary>Every element that it and the statements inside it read.</summary>
    public IEnumerable<Access> AllReads => All.SelectMany(statement => statement.Reads);

    /// <summary>Every element that it and the statements inside it read or store.</summary>
    public IEnumerable<Access> AllAccesses => All.SelectMany(statement => statement.Accesses);

    /// <summary>The values that the statement and everything inside store.</summary>
    public IEnumerable<Value> Stored => All.OfType<Store>().Select(store => store.Target.Value);

    /// <summary>The statement with every access replaced.</summary>
    public abstract Statement WithAccesses(Func<Access, Access> replace);

    private protected static Scalar WithAccesses(Scalar formula, Func<Access, Access> replace) =>
        formula.Rewrite(part => part is Read read ? new Read(replace(read.Access)) : null);
}

/// <summary>Runs its body for every value of a variable; with lanes, as many values at once as a vector has.</summary>
public sealed record For(LoopVariable Variable, bool Lanes, ValueList<Statement> Body) : Statement
{
    /// <summary>Whether lanes past the end may be computed and stored: they fall into padding.</summary>
    public bool IntoPadding { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<Statement> Inside => Body;

    /// <inheritdoc/>
    public override Statement WithAccesses(Func<Access, Access> replace) => this with { Body = Body.Select(statement => statement.WithAccesses(replace)) };
}

/// <summary>A local begins as the neutral element of its reduction: 0 or −∞.</summary>
public sealed record Begin(Local Local, Reduction Reduction) : Statement
{
    /// <inheritdoc/>
    public override Local Begun => Local;

    /// <inheritdoc/>
    public override Statement WithAccesses(Func<Access, Access> replace) => this;
}

/// <summary>A local takes in one more value.</summary>
public sealed record Accumulate(Local Local, Reduction Reduction, Scalar Body) : Statement
{
    /// <inheritdoc/>
    public override Scalar Value => Body;

    /// <inheritdoc/>
    public override Statement WithAccesses(Func<Access, Access> replace) => this with { Body = WithAccesses(Body, replace) };
}

/// <summary>A local is set to what would be an element of a value, once for every turn of the loops around it.</summary>
public sealed record Let(Local Local, Value Of, Scalar Body) : Statement
{
    /// <inheritdoc/>
    public override Local Begun => Local;

    /// <inheritdoc/>
    public override Scalar Value => Body;

    /// <inheritdoc/>
    public override Statement WithAccesses(Func<Access, Access> replace) => this with { Body = WithAccesses(Body, replace) };
}

/// <summary>An element of memory is set, or added to.</summary>
public sealed record Store(Access Target, Scalar Body, bool Adds) : Statement
{
    /// <inheritdoc/>
    public override Scalar Value => Body;

    /// <inheritdoc/>
    public override Statement WithAccesses(Func<Access, Access> replace) => this with { Target = replace(Target), Body = WithAccesses(Body, replace) };
}

/// <summary>Every element of a value becomes one number, its padding too.</summary>
public sealed record Fill(Value Target, int Places, double Number) : Statement
{
    /// <inheritdoc/>
    public override Statement WithAccesses(Func<Access, Access> replace) => this;
}
