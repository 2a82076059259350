using Makemore.Tensors.Formulas;
using Makemore.Tensors.Loops;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Backends.CSharp;

/// <content>Loops whose variable fills the lanes of vectors.</content>
sealed partial class NestWriter
{
    // A loop of so few vectors is written out: its end would be mispredicted as often as it is worth anything.
    const int MostUnrolled = 2;

    // Sums of so many vectors grow side by side, half as many with fewer registers: each waits for itself only, and memory is read line after line.
    const int MostSideBySide = 16;

    void WriteLanes(For loop)
    {
        var constants = Constants(loop);
        if (loop.Variable.Bounded is not null)
        {
            WriteLanes(loop, names[loop.Variable.Count], constants);
            return;
        }

        var (variable, length) = (names[loop.Variable], loop.Variable.Length);
        var (whole, rest) = (length / target.Lanes * target.Lanes, length % target.Lanes);
        if (loop.IntoPadding && rest > 0)
            (whole, rest) = (whole + target.Lanes, 0);
        if (whole > 0 && SumsDown(loop) is > 0 and var sums)
        {
            WriteSideBySide(loop, whole / target.Lanes, MostSideBySide / (target.HasManyRegisters ? 1 : 2) / sums, constants);
        }
        else if (whole > MostUnrolled * target.Lanes)
        {
            using (text.Block($"for (nint {variable} = 0; {variable} < {whole}; {variable} += {target.Lanes})"))
                WriteVector(loop.Body, new Lanes(loop, null, constants));
        }
        else
        {
            for (var at = 0; at < whole; at += target.Lanes)
                WriteVectorAt(loop, at, new Lanes(loop, null, constants));
        }

        if (rest > 0)
            WriteVectorAt(loop, whole, new Lanes(loop, $"{rest}", constants));
    }

    // In groups that are as equal as can be.
    void WriteSideBySide(For loop, int vectors, int most, IReadOnlyDictionary<Scalar, string> constants)
    {
        var groups = (vectors + most - 1) / most;
        var size = (vectors + groups - 1) / groups;
        var (whole, rest) = (vectors / size, vectors % size);
        Lanes[] Group(int size) => [.. Enumerable.Range(0, size).Select(i => new Lanes(loop, null, constants) { Offset = i * target.Lanes })];
        if (whole > 1)
        {
            var (variable, step) = (names[loop.Variable], size * target.Lanes);
            using (text.Block($"for (nint {variable} = 0; {variable} < {whole * step}; {variable} += {step})"))
                WriteVector(loop.Body, Group(size));
        }
        else
        {
            WriteVectorAt(loop, 0, Group(size));
        }

        if (rest > 0)
            WriteVectorAt(loop, whole * size * target.Lanes, Group(rest));
    }

    // How many vectors there are, and how many lanes of the last, each run says anew.
    void WriteLanes(For loop, string length, IReadOnlyDictionary<Scalar, string> constants)
    {
        var variable = names[loop.Variable];
        var rest = loop.IntoPadding ? "" : names.Unique($"{variable}_rest");
        if (!loop.IntoPadding)
            text.Line($"var {rest} = {length} % {target.Lanes};");
        using (text.Block($"for (nint {variable} = 0; {variable} < {length}{(loop.IntoPadding ? "" : $" - {rest}")}; {variable} += {target.Lanes})"))
            WriteVector(loop.Body, new Lanes(loop, null, constants));
        if (loop.IntoPadding)
            return;
        using (text.Block($"if ({rest} > 0)"))
        {
            text.Line($"nint {variable} = {length} - {rest};");
            WriteVector(loop.Body, new Lanes(loop, rest, constants));
        }
    }

    // Short rows that stay in registers from one loop to the next, or are summed, have no loops, but every vector's statement one after the other.
    static HashSet<LoopVariable> RowsInRegisters(IReadOnlyList<Statement> statements)
    {
        var begun = statements.Select(statement => statement.Begun).OfType<Local>().ToHashSet();
        return [.. statements.OfType<For>().Where(loop => loop.Lanes && (loop.Body.Any(IsKept) || IsSummed(loop, begun))).Select(loop => loop.Variable)];
    }

    static bool IsKept(Statement statement) => statement is { Begun.Along: not null } or Accumulate { Local.Along: not null };

    static bool IsSummed(For loop, HashSet<Local> begun) => RowRegisters.IsShortRow(loop) && loop.Body.Any(statement => statement is Accumulate sum && begun.Contains(sum.Local));

    // What began beside the loop is made here; what began outside of loops around it grows. Vectors of numbers that nothing stores serve the next rows too.
    void WriteRow(For loop, IReadOnlyList<Local> begun, Dictionary<Scalar, string> known, HashSet<Value> stored)
    {
        var constants = Constants(loop, known);
        foreach (var (number, name) in constants.Where(constant => constant.Key is Local || (constant.Key is Read read && !stored.Contains(read.Access.Value))))
            known[number] = name;
        var vectors = new List<Lanes>();
        for (var at = 0; at < loop.Variable.Length; at += target.Lanes)
        {
            var left = loop.Variable.Length - at;
            vectors.Add(new Lanes(loop, left < target.Lanes && !loop.IntoPadding ? $"{left}" : null, constants) { IsRow = true, Offset = at });
        }

        foreach (var statement in loop.Body)
        {
            if (statement is Accumulate { Local.Along: null } accumulate)
                text.Line(begun.Contains(accumulate.Local)
                    ? $"var {names.InLanes(accumulate.Local)} = {SourceText.Bare(Reduced(accumulate, vectors))};"
                    : Combine(accumulate.Reduction, target.Vector, names.InLanes(accumulate.Local), Reduced(accumulate, vectors)));
            else
                WriteVector([statement], vectors);
        }
    }

    // In pairs, and pairs of pairs: one after the other each would wait for the one before.
    string Reduced(Accumulate accumulate, List<Lanes> vectors)
    {
        switch (vectors)
        {
            case [var only]:
                return Counting(accumulate, only);
            case [var first, { Rest: null } second] when accumulate.Reduction == Reduction.Sum && FormulaWriter.Factors(accumulate.Body, second) is var (x, y):
                return $"{target.Vector}.MultiplyAddEstimate({SourceText.Bare(formulas.Vector(x, second))}, {SourceText.Bare(formulas.Vector(y, second))}, {SourceText.Bare(Counting(accumulate, first))})";
            default:
                var half = (vectors.Count + 1) / 2;
                var (left, right) = (Reduced(accumulate, vectors[..half]), Reduced(accumulate, vectors[half..]));
                return accumulate.Reduction == Reduction.Sum ? $"({left} + {right})" : $"{target.Vector}.Max({SourceText.Bare(left)}, {SourceText.Bare(right)})";
        }
    }

    void WriteLanesOfPart(For loop, Division divided)
    {
        var constants = Constants(loop);
        var variable = names[loop.Variable];
        if (divided.HasWholeVectors)
        {
            using (text.Block($"for (var {variable} = begin; {variable} < end; {variable} += {target.Lanes})"))
                WriteVector(loop.Body, new Lanes(loop, null, constants));
            return;
        }

        text.Line($"var {variable} = begin;");
        using (text.Block($"for (; {variable} <= end - {target.Lanes}; {variable} += {target.Lanes})"))
            WriteVector(loop.Body, new Lanes(loop, null, constants));
        using (text.Block($"if ({variable} < end)"))
        {
            text.Line($"var rest = (int)(end - {variable});");
            WriteVector(loop.Body, new Lanes(loop, "rest", constants));
        }
    }

    // How many sums or maxima over other variables begin and end in the loop, where there is little else in it; else 0.
    static int SumsDown(For loop) =>
        loop.Body.Any(statement => statement is For)
        && loop.All.OfType<Begin>().Select(begin => begin.Local).ToList() is { Count: 1 or 2 } locals
        && loop.All.OfType<Accumulate>().All(accumulate => locals.Contains(accumulate.Local)) ? locals.Count : 0;

    void WriteVectorAt(For loop, int at, params IReadOnlyList<Lanes> vectors)
    {
        using (text.Block(""))
        {
            text.Line($"const nint {names[loop.Variable]} = {at};");
            WriteVector(loop.Body, vectors);
        }
    }

    // What every lane shares is made a vector once, before the loop.
    Dictionary<Scalar, string> Constants(For loop, Dictionary<Scalar, string>? known = null)
    {
        var inner = loop.All.OfType<For>().Select(inside => inside.Variable).ToList();
        var own = loop.All.Select(statement => statement.Begun).OfType<Local>().ToList();
        Dictionary<Scalar, string> constants = known is null ? [] : new(known);
        foreach (var formula in loop.All.Select(statement => statement.Value).OfType<Scalar>())
        {
            formula.Replace(part =>
            {
                if (part is Literal || part.All.Any(inside => (inside is Local local && (local.Along is not null || own.Contains(local))) || (inside is Read read && inner.Exists(read.Access.DependsOn)) || (inside is VariablePosition position && inner.Contains(position.Variable))))
                    return null;
                if (!constants.ContainsKey(part))
                {
                    constants[part] = names.Unique(part switch { Read { Access.Value: var value } => $"{names[value]}_all", Local local => $"{names.Of(local)}_all", _ => "constant" });
                    text.Line($"var {constants[part]} = {target.Vector}.Create({SourceText.Bare(formulas.Scalar(part))});");
                }

                return part;
            });
        }

        return constants;
    }

    void WriteVector(IEnumerable<Statement> statements, params IReadOnlyList<Lanes> vectors)
    {
        foreach (var statement in statements)
        {
            if (statement is For loop)
            {
                using (text.Block(formulas.Loop(loop.Variable)))
                    WriteVector(loop.Body, vectors);
                continue;
            }

            foreach (var lanes in vectors)
                WriteVector(statement, lanes);
        }
    }

    void WriteVector(Statement statement, Lanes lanes)
    {
        switch (statement)
        {
            case Begin begin:
                text.Line($"var {lanes.Name(names.Of(begin.Local))} = {target.Vector}.Create({Neutral(begin.Reduction)});");
                break;
            case Accumulate accumulate:
                WriteAccumulate(accumulate, lanes);
                break;
            case Let let:
                text.Line($"var {lanes.Name(names.Of(let.Local))} = {SourceText.Bare(formulas.Vector(let.Body, lanes))};");
                break;
            case Store store:
                var body = SourceText.Bare(formulas.Vector(store.Adds ? ScalarFunction.Add.Of(store.Body, new Read(store.Target)) : store.Body, lanes));
                text.Line(lanes.Rest is { } rest
                    ? $"{target.Kernels}.StoreFirst({body}, {formulas.Address(store.Target, lanes)}, {rest});"
                    : $"{target.Vector}.Store({body}, {formulas.Address(store.Target, lanes)});");
                break;
        }
    }

    void WriteAccumulate(Accumulate accumulate, Lanes lanes)
    {
        // Where the sum runs over the lanes' own variable, each lane keeps a part of it.
        text.Line(accumulate.Local.Along == lanes.Variable || lanes.Loop.All.OfType<Begin>().Any(begin => begin.Local == accumulate.Local)
            ? Grown(accumulate, lanes)
            : Combine(accumulate.Reduction, target.Vector, names.InLanes(accumulate.Local), Counting(accumulate, lanes)));
    }

    string Grown(Accumulate accumulate, Lanes lanes)
    {
        var local = lanes.Name(names.Of(accumulate.Local));
        return accumulate is { Reduction: Reduction.Sum, Body: Apply { Function: var multiply } product } && multiply == ScalarFunction.Multiply
            ? $"{local} = {SourceText.Bare(formulas.Vector(ScalarFunction.Add.Of(product, accumulate.Local), lanes))};"
            : Combine(accumulate.Reduction, target.Vector, local, formulas.Vector(accumulate.Body, lanes));
    }

    // What is added, but nothing in lanes past the end.
    string Counting(Accumulate accumulate, Lanes lanes)
    {
        var body = formulas.Vector(accumulate.Body, lanes);
        var readsZeros = accumulate is { Reduction: Reduction.Sum, Body: Read { Access: var access } } && access.DependsOn(lanes.Variable);
        return lanes.Rest is { } rest && !readsZeros
            ? $"{target.Vector}.ConditionalSelect({target.Vector}.LessThan({target.Vector}<int>.Indices, {target.Vector}.Create({rest})).AsSingle(), {body}, {target.Vector}.Create({Neutral(accumulate.Reduction)}))"
            : body;
    }
}
