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
sealed partial class NestWriter(Target target, Names names, SourceText text, IReadOnlyList<Assignment> lines, Division? division = null)
{
    readonly FormulaWriter formulas = new(target, names);

    /// <summary>The statements, one after the other, outside of any vector.</summary>
    public void Write(IReadOnlyList<Statement> statements) => Write(statements, division);

    // What is divided is the loop that is not inside another.
    void Write(IReadOnlyList<Statement> statements, Division? divided)
    {
        var heads = Heads(statements);
        var rows = RowsInRegisters(statements);
        var (known, stored) = (new Dictionary<Scalar, string>(), statements.SelectMany(statement => statement.Stored).ToHashSet());
        for (var i = 0; i < statements.Count; i++)
        {
            if (heads.TryGetValue(i, out var begun))
            {
                if (i > 0)
                    text.Line();
                foreach (var line in begun)
                    text.Line($"// {line}");
            }

            switch (statements[i])
            {
                case For { Lanes: true } loop when rows.Contains(loop.Variable):
                    WriteRow(loop, [.. statements.Take(i).OfType<Begin>().Select(begin => begin.Local)], known, stored);
                    break;
                case For { Lanes: true } loop when divided is not null:
                    WriteLanesOfPart(loop, divided);
                    break;
                case For { Lanes: true } loop:
                    WriteLanes(loop);
                    break;
                case For loop when divided is null && RowGroup.Of(loop, target, names) is { } group:
                    WriteGroups(loop, group);
                    break;
                case For loop:
                    using (text.Block(divided is null ? formulas.Loop(loop.Variable) : formulas.Loop(loop.Variable, "begin", "end")))
                        Write(loop.Body, null);
                    break;
                case Begin local when LanesOf(local.Local, statements.OfType<For>().Where(loop => loop.Lanes && rows.Contains(loop.Variable))):
                    // A row in registers is summed in one expression.
                    break;
                case Begin local when LanesOf(local.Local, statements.Skip(i + 1)):
                    text.Line($"var {names.InLanes(local.Local)} = {target.Vector}.Create({Neutral(local.Reduction)});");
                    break;
                case Begin local:
                    text.Line($"var {names.Of(local.Local)} = {Neutral(local.Reduction)};");
                    break;
                case Accumulate accumulate:
                    text.Line(Combine(accumulate.Reduction, "MathF", names.Of(accumulate.Local), formulas.Scalar(accumulate.Body)));
                    break;
                case Let let:
                    text.Line($"var {names.Of(let.Local)} = {SourceText.Bare(formulas.Scalar(let.Body))};");
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

            if (statements[i] is For lanes)
                WriteEnds([.. statements.Take(i).OfType<Begin>().Where(local => LanesOf(local.Local, [lanes]))]);
        }
    }

    // The rows that are left over come singly.
    void WriteGroups(For loop, RowGroup group)
    {
        var (variable, length) = (loop.Variable, loop.Variable.Length);
        var whole = $"{length - (length % group.Turns)}";
        if (variable.Bounded is not null)
        {
            whole = names.Unique($"{names[variable]}_whole");
            text.Line($"var {whole} = {names[variable.Count]} - {names[variable.Count]} % {group.Turns};");
        }

        using (text.Block(formulas.Loop(variable, end: whole, turns: group.Turns)))
            Write(group.Statements, null);
        if (variable.Bounded is null && length % group.Turns == 0)
            return;
        using (text.Block(formulas.Loop(variable, begin: whole)))
            Write(loop.Body, null);
    }

    // What has grown in the lanes of vectors becomes a number: some at once, which cost little more than one.
    void WriteEnds(IReadOnlyList<Begin> grown)
    {
        WriteEnds(Reduction.Sum, four => four.Length == 3 ? [four[..2], four[2..]] : [four]);
        WriteEnds(Reduction.Maximum, four => four.Length == 4 ? [four] : [.. four.Select(one => new[] { one })]);

        void WriteEnds(Reduction reduction, Func<Begin[], Begin[][]> together)
        {
            foreach (var locals in grown.Where(local => local.Reduction == reduction).Chunk(4).SelectMany(together))
                text.Line($"var {Listed(locals, names.Of)} = Horizontal.{reduction}({string.Join(", ", locals.Select(local => names.InLanes(local.Local)))});");
        }

        static string Listed(Begin[] locals, Func<Local, string> name) => locals is [var only] ? name(only.Local) : $"({string.Join(", ", locals.Select(local => name(local.Local)))})";
    }

    (string First, string Places) PartOf(Fill fill, Division divided)
    {
        var turn = divided.Stretches[fill.Target] / divided.Size;
        return ($"{names[fill.Target]} + begin * {turn}", $"(int)(end - begin) * {turn}");
    }

    // Where each of several lines begins: behind what makes the line before.
    Dictionary<int, List<Assignment>> Heads(IReadOnlyList<Statement> statements)
    {
        var heads = new Dictionary<int, List<Assignment>>();
        var namedInside = new List<int>();
        var start = 0;
        for (var i = 0; i < statements.Count; i++)
        {
            var made = statements[i].All.Select(statement => statement switch { Store store => store.Target.Value, Let let => let.Of, _ => null }).OfType<Value>().ToHashSet();
            if (made.Count == 0)
                continue;
            if (lines.Where(line => made.Contains(line.Target)).Except(heads.Values.SelectMany(named => named)).ToList() is { Count: > 0 } begun)
                heads[start] = begun;
            if (statements[i] is For { Lanes: false } loop && Heads(loop.Body).Count > 0)
                namedInside.Add(start);
            start = i + 1;
        }

        if (heads.Count < 2)
            return [];
        namedInside.ForEach(at => heads.Remove(at));
        return heads;
    }

    static bool LanesOf(Local local, IEnumerable<Statement> statements) =>
        statements.SelectMany(statement => statement.All).OfType<For>().Any(loop => loop.Lanes && loop.All.OfType<Accumulate>().Any(accumulate => accumulate.Local == local));

    static string Neutral(Reduction reduction) => reduction == Reduction.Sum ? "0f" : "float.NegativeInfinity";

    static string Combine(Reduction reduction, string math, string local, string value) =>
        reduction == Reduction.Sum ? $"{local} += {SourceText.Bare(value)};" : $"{local} = {math}.Max({local}, {SourceText.Bare(value)});";
}
