using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Loops;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Backends;

/// <summary>Identifiers for the values and loop variables of a program: their own names, made legal, and no two alike.</summary>
sealed class Names
{
    // Locals of vectors that are computed side by side are called after the lanes between them: sum, sum_16, sum_32, sum_48.
    const int FurthestVector = 60;
    const int NarrowestVector = 4;

    readonly Dictionary<Value, string> values = [];
    readonly Dictionary<LoopVariable, string> variables = new() { [ProductStep.Row] = ProductStep.Row.Name, [ProductStep.Column] = ProductStep.Column.Name };
    readonly Dictionary<Axis, string> lengths = [];
    readonly Dictionary<(Value Value, string Along, int Stride), string> strides = [];
    readonly HashSet<(Value Value, string Along, int Stride)> used = [];
    readonly Dictionary<string, string> locals = [];
    readonly HashSet<string> taken;

    Names(Names outer)
    {
        locals = outer.locals;
        values = outer.values;
        variables = outer.variables;
        lengths = outer.lengths;
        (strides, used) = (outer.strides, outer.used);
        taken = [.. outer.taken];
    }

    /// <summary>The names of a program.</summary>
    /// <param name="loops">The program.</param>
    /// <param name="reserved">Words that the language, or what is written around the program, uses itself.</param>
    public Names(LoopProgram loops, IEnumerable<string> reserved)
    {
        taken = [.. reserved];
        var statements = loops.Steps.OfType<NestStep>().SelectMany(step => step.Statements).SelectMany(statement => statement.All).ToList();

        // Sums and maxima are called what is no word of any language; values that are kept in locals are called as somebody liked.
        foreach (var begin in statements.OfType<Begin>())
            locals[begin.Local.Name] = begin.Local.Name;
        var kept = statements.OfType<Let>().Select(let => let.Local.Name).Distinct(StringComparer.Ordinal).Where(name => !locals.ContainsKey(name)).ToList();
        taken.UnionWith(locals.Keys.SelectMany(Derived));
        foreach (var name in kept)
        {
            locals[name] = UniqueWithDerived(Legal(name));
        }

        var outer = loops.Steps.SelectMany(step => step switch { ProductStep product => product.Outer, TransposeStep transpose => transpose.Outer, _ => [] }).Select(loop => loop.Variable)
            .Concat(loops.Steps.OfType<PrefetchStep>().SelectMany(step => step.Over));
        foreach (var variable in statements.OfType<For>().Select(loop => loop.Variable).Concat(outer).Distinct())
            variables[variable] = Unique(variable.Name);
        foreach (var axis in loops.Program.BoundedAxes)
            lengths[axis] = Unique($"{axis.Name}_length");
        foreach (var value in loops.Program.Bound.Concat(loops.Steps.SelectMany(step => step.Values)).Distinct())
            values[value] = Unique(Legal(value.Name));
        foreach (var (value, term) in loops.Steps.SelectMany(Terms).Where(pair => pair.Term.Stride != 1))
        {
            if (!strides.ContainsKey(Key(value, term)))
                strides[Key(value, term)] = Unique($"{values[value]}_{Along(term)}");
        }
    }

    /// <summary>The strides that were asked for, in the order of the steps, with their names.</summary>
    public IEnumerable<(string Name, int Stride)> Strides => strides.Where(pair => used.Contains(pair.Key)).Select(pair => (pair.Value, pair.Key.Stride));

    /// <summary>The vector in whose lanes a local is kept until all are one number.</summary>
    public string InLanes(Local local) => $"{Of(local)}_lanes";

    /// <summary>The identifier of a local.</summary>
    public string Of(Local local) => locals.GetValueOrDefault(local.Name, local.Name);

    /// <summary>The identifier of a loop's variable.</summary>
    public string this[LoopVariable variable] => variables[variable];

    /// <summary>The identifier of a bounded axis' length.</summary>
    public string this[Axis axis] => lengths[axis];

    /// <summary>A number of things: a literal, or what a bounded axis' length makes it.</summary>
    public string this[Count count] => count.Text(axis => lengths[axis]);

    /// <summary>The identifier of a value's first element.</summary>
    public string this[Value value] => values[value];

    /// <summary>What stands for a term's stride: <c>logits_batch</c>, how far apart neighbours along 'batch' lie in 'logits'.</summary>
    public string Stride(Value value, Term term)
    {
        used.Add(Key(value, term));
        return strides[Key(value, term)];
    }

    /// <summary>A name that nothing has yet.</summary>
    public string Unique(string name)
    {
        var unique = name;
        while (!taken.Add(unique))
            unique += "_";
        return unique;
    }

    /// <summary>A local that stands for another some turns later.</summary>
    public Local Next(Local local, int turns) => new(UniqueWithDerived($"{Of(local)}_next{(turns == 1 ? "" : $"{turns}")}")) { Along = local.Along };

    /// <summary>A local that is made as another was.</summary>
    public Local Again(Local local)
    {
        var name = $"{Of(local)}_again";
        for (var times = 2; !IsFree(name); times++)
            name = $"{Of(local)}_again{times}";
        return new(UniqueWithDerived(name)) { Along = local.Along };
    }

    /// <summary>The same names, to which a method can add its own.</summary>
    public Names Inner() => new(this);

    /// <summary>The name with everything that no language allows in one replaced by an underscore.</summary>
    public static string Legal(string name) =>
        string.Concat(name.Select((c, i) => char.IsAsciiLetter(c) || c == '_' || (i > 0 && char.IsAsciiDigit(c)) ? c : '_'));

    string UniqueWithDerived(string name)
    {
        while (!IsFree(name))
            name += "_";
        taken.UnionWith(Derived(name));
        return name;
    }

    bool IsFree(string local) => !locals.ContainsKey(local) && !Derived(local).Any(taken.Contains);

    // A local and all that is called after it.
    static IEnumerable<string> Derived(string local) =>
        [local, $"{local}_lanes", .. Enumerable.Range(1, FurthestVector / NarrowestVector).Select(i => $"{local}_{i * NarrowestVector}")];

    (Value, string, int) Key(Value value, Term term) => (value, Along(term), term.Stride);

    // Rows of a table are chosen by an index.
    string Along(Term term) => term is VariableTerm along ? variables[along.Variable] : "row";

    static IEnumerable<(Value Value, Term Term)> Terms(Step step) => Accesses(step).SelectMany(access => access.All).SelectMany(access => access.Terms.Select(term => (access.Value, term)));

    static IEnumerable<Access> Accesses(Step step)
    {
        var statements = step is NestStep nest ? nest.Statements.SelectMany(statement => statement.All).ToList() : [];
        var formulas = statements.Select(statement => statement.Value).Append((step as ProductStep)?.Epilogue).OfType<Scalar>();
        return statements.OfType<Store>().Select(store => store.Target).Concat(formulas.SelectMany(formula => formula.All).OfType<Read>().Select(read => read.Access));
    }
}
