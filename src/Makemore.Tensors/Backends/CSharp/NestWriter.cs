using Makemore.Tensors.Formulas;
using Makemore.Tensors.Loops;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Backends.CSharp;

/// <summary>Writes the statements of a nest as C#.</summary>
/// <param name="target">The vectors to write them for.</param>
/// <param name="names">What values and variables are called.</param>
/// <param name="text">Where to.</param>
/// <param name="lines">The lines that the nest carries out; where one loop carries out several, each is named where it begins.</param>
/// <param name="division">How threads share the outermost loop, whose turns from <c>begin</c> to <c>end</c> are then written; null for all of it.</param>
sealed class NestWriter(Target target, Names names, SourceText text, IReadOnlyList<Assignment> lines, Division? division = null)
{
    // A loop of so few vectors is written out: its end would be mispredicted as often as it is worth anything.
    const int MostUnrolled = 2;

    // Sums of so many vectors grow side by side: each waits for itself only, and memory is read line after line.
    const int SideBySide = 4;

    readonly FormulaWriter formulas = new(target, names);

    /// <summary>The statements, one after the other, outside of any vector.</summary>
    public void Write(IReadOnlyList<Statement> statements) => Write(statements, division);

    // What is divided is the loop that is not inside another.
    void Write(IReadOnlyList<Statement> statements, Division? divided)
    {
        var heads = Heads(statements);
        for (var i = 0; i < statements.Count; i++)
        {
            if (heads.TryGetValue(i, out var line))
            {
                if (i > 0)
                    text.Line();
                text.Line($"// {line}");
            }

            switch (statements[i])
            {
                case For { Lanes: true } loop when divided is not null:
                    WriteLanesOfPart(loop, divided);
                    break;
                case For { Lanes: true } loop:
                    WriteLanes(loop);
                    break;
                case For loop:
                    using (text.Block(divided is null ? formulas.Loop(loop.Variable) : formulas.Loop(loop.Variable, "begin", "end")))
                        Write(loop.Body, null);
                    break;
                case Begin local when LanesOf(local.Local, statements.Skip(i + 1)):
                    text.Line($"var {Names.InLanes(local.Local)} = {target.Vector}.Create({Neutral(local.Reduction)});");
                    break;
                case Begin local:
                    text.Line($"var {local.Local.Name} = {Neutral(local.Reduction)};");
                    break;
                case Accumulate accumulate:
                    text.Line(Combine(accumulate.Reduction, "MathF", accumulate.Local.Name, formulas.Scalar(accumulate.Body)));
                    break;
                case Store { Target.Value.Type: ElementType.Index, Body: Read read } store:
                    text.Line($"{formulas.Element(store.Target)} = {formulas.Element(read.Access)};");
                    break;
                case Store store:
                    text.Line($"{formulas.Element(store.Target)} {(store.Adds ? "+=" : "=")} {SourceText.Bare(formulas.Scalar(store.Body))};");
                    break;
                case Fill fill:
                    var (first, places) = divided is null ? (names[fill.Target], $"{fill.Places}") : PartOf(fill, divided);
                    var span = $"new Span<{CSharpWriter.Type(fill.Target)}>({first}, {places})";
                    text.Line(fill.Number == 0 ? $"{span}.Clear();" : $"{span}.Fill({(fill.Target.Type == ElementType.Index ? $"{fill.Number}" : formulas.Number(fill.Number))});");
                    break;
            }

            foreach (var local in statements.Take(i).OfType<Begin>().Where(local => statements[i] is For loop && LanesOf(local.Local, [loop])))
                text.Line($"var {local.Local.Name} = Horizontal.{local.Reduction}({Names.InLanes(local.Local)});");
        }
    }

    (string First, string Places) PartOf(Fill fill, Division divided)
    {
        var turn = divided.Stretches[fill.Target] / divided.Size;
        return ($"{names[fill.Target]} + begin * {turn}", $"(int)(end - begin) * {turn}");
    }

    // Where each of several lines begins: behind what stores the line before.
    Dictionary<int, Assignment> Heads(IReadOnlyList<Statement> statements)
    {
        var heads = new Dictionary<int, Assignment>();
        var start = 0;
        for (var i = 0; i < statements.Count; i++)
        {
            if (statements[i].All.OfType<Store>().FirstOrDefault() is not { Target.Value: var stored })
                continue;
            if (lines.FirstOrDefault(line => line.Target == stored) is { } line)
                heads[start] = line;
            start = i + 1;
        }

        return heads.Count > 1 ? heads : [];
    }

    static bool LanesOf(Local local, IEnumerable<Statement> statements) =>
        statements.SelectMany(statement => statement.All).OfType<For>().Any(loop => loop.Lanes && loop.All.OfType<Accumulate>().Any(accumulate => accumulate.Local == local));

    static string Neutral(Reduction reduction) => reduction == Reduction.Sum ? "0f" : "float.NegativeInfinity";

    static string Combine(Reduction reduction, string math, string local, string value) =>
        reduction == Reduction.Sum ? $"{local} += {SourceText.Bare(value)};" : $"{local} = {math}.Max({local}, {SourceText.Bare(value)});";

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
        var (begin, step) = (0, SideBySide * target.Lanes);
        if (SumsDown(loop) && whole >= step)
        {
            begin = whole / step * step;
            using (text.Block($"for (nint {variable} = 0; {variable} < {begin}; {variable} += {step})"))
                WriteVector(loop.Body, [.. Enumerable.Range(0, SideBySide).Select(i => new Lanes(loop, null, constants) { Offset = i * target.Lanes })]);
        }

        if (whole - begin > MostUnrolled * target.Lanes)
        {
            using (text.Block($"for (nint {variable} = {begin}; {variable} < {whole}; {variable} += {target.Lanes})"))
                WriteVector(loop.Body, new Lanes(loop, null, constants));
        }
        else
        {
            for (var at = begin; at < whole; at += target.Lanes)
                WriteVectorAt(at, new Lanes(loop, null, constants));
        }

        if (rest > 0)
            WriteVectorAt(whole, new Lanes(loop, $"{rest}", constants));
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

    // Whether there is little else in the loop than sums or maxima over other variables, which begin and end in it.
    static bool SumsDown(For loop) =>
        loop.Body.Any(statement => statement is For)
        && loop.All.OfType<Begin>().Select(begin => begin.Local).ToList() is [_] locals
        && loop.All.OfType<Accumulate>().All(accumulate => locals.Contains(accumulate.Local));

    void WriteVectorAt(int at, Lanes lanes)
    {
        using (text.Block(""))
        {
            text.Line($"const nint {names[lanes.Variable]} = {at};");
            WriteVector(lanes.Loop.Body, lanes);
        }
    }

    // What every lane shares is made a vector once, before the loop.
    Dictionary<Scalar, string> Constants(For loop)
    {
        var inner = loop.All.OfType<For>().Select(inside => inside.Variable).ToList();
        var constants = new Dictionary<Scalar, string>();
        foreach (var formula in loop.All.Select(statement => statement.Value).OfType<Scalar>())
        {
            formula.Replace(part =>
            {
                if (part is Literal || part.All.Any(inside => inside is Local || (inside is Read read && inner.Exists(read.Access.DependsOn)) || (inside is VariablePosition position && inner.Contains(position.Variable))))
                    return null;
                if (!constants.ContainsKey(part))
                {
                    constants[part] = names.Unique(part is Read { Access.Value: var value } ? $"{names[value]}_all" : "constant");
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
                text.Line($"var {lanes.Name(begin.Local)} = {target.Vector}.Create({Neutral(begin.Reduction)});");
                break;
            case Accumulate accumulate:
                WriteAccumulate(accumulate, lanes);
                break;
            case Store store:
                var body = SourceText.Bare(formulas.Vector(store.Adds ? ScalarFunction.Add.Of(store.Body, new Read(store.Target)) : store.Body, lanes));
                text.Line(lanes.Rest is { } rest
                    ? $"{target.Kernels}.StoreFirst({body}, {formulas.Address(store.Target)}, {rest});"
                    : $"{target.Vector}.Store({body}, {formulas.Address(store.Target, lanes)});");
                break;
        }
    }

    void WriteAccumulate(Accumulate accumulate, Lanes lanes)
    {
        var (local, body) = (lanes.Name(accumulate.Local), formulas.Vector(accumulate.Body, lanes));
        if (!lanes.Loop.All.OfType<Begin>().Any(begin => begin.Local == accumulate.Local))
        {
            // The sum runs over the lanes' own variable: each lane keeps a part of it, and lanes past the end must not count.
            local = Names.InLanes(accumulate.Local);
            var readsZeros = accumulate is { Reduction: Reduction.Sum, Body: Read { Access: var access } } && access.DependsOn(lanes.Variable);
            if (lanes.Rest is { } rest && !readsZeros)
                body = $"{target.Vector}.ConditionalSelect({target.Vector}.LessThan({target.Vector}<int>.Indices, {target.Vector}.Create({rest})).AsSingle(), {body}, {target.Vector}.Create({Neutral(accumulate.Reduction)}))";
        }

        text.Line(Combine(accumulate.Reduction, target.Vector, local, body));
    }
}
