using FsCheck;
using FsCheck.Fluent;
using Makemore.Tensors.Programs;
using Makemore.Testing;
using Xunit;

namespace Makemore.Tensors.Roslyn;

public class RandomExpressionTests
{
    // Another seed can be tried, and more than the usual number of programs.
    static readonly ulong Seed = ulong.Parse(Environment.GetEnvironmentVariable("MAKEMORE_RANDOM_SEED") ?? "20240719");
    static readonly int Programs = int.Parse(Environment.GetEnvironmentVariable("MAKEMORE_RANDOM_PROGRAMS") ?? "40");

    [Fact]
    public void Compiled_code_computes_what_the_interpreter_computes() => Check(Gen.Constant(0));

    [Fact]
    public void So_it_does_where_runs_say_how_long_axes_are() => Check(Gen.Choose(1, 63));

    static void Check(Gen<int> boundedAxes)
    {
        Prop.ForAll(Arb.From(Recipes(boundedAxes), Smaller), recipe => Compiled.Disagreement(RandomExpressions.Program(recipe.Lengths, recipe.Choices, recipe.Bounded)) is { } disagreement
                ? false.Label($"MAKEMORE_RANDOM_SEED={Seed}\n{disagreement}")
                : true.Label("agrees"))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Programs).WithReplay(Seed, Seed | 1));
    }

    [Fact]
    public void Rewritten_programs_compute_what_was_written()
    {
        Prop.ForAll(Arb.From(Recipes(Gen.Constant(0)), Smaller), recipe =>
            {
                var (written, rewritten) = (RandomExpressions.Program(recipe.Lengths, recipe.Choices, rewrite: Rewrite.Never), RandomExpressions.Program(recipe.Lengths, recipe.Choices, rewrite: Rewrite.Always));
                return Compiled.Disagreement(written, rewritten) is { } disagreement ? false.Label($"MAKEMORE_RANDOM_SEED={Seed}\n{disagreement}") : true.Label("agrees");
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Programs).WithReplay(Seed, Seed | 1));
    }

    static Gen<Recipe> Recipes(Gen<int> boundedAxes)
    {
        var choice =
            from operation in Gen.Choose(0, 999)
            from left in Gen.Choose(0, 999)
            from right in Gen.Choose(0, 999)
            from detail in Gen.Choose(0, 999)
            select new Choice(operation, left, right, detail);
        return
            from lengths in Gen.Choose(0, 255)
            from choices in choice.ArrayOf(50)
            from bounded in boundedAxes
            select new Recipe(lengths, choices, bounded);
    }

    // Without some of the choices: first halves, then quarters, down to single ones.
    static IEnumerable<Recipe> Smaller(Recipe recipe)
    {
        for (var length = (recipe.Choices.Length + 1) / 2; length > 0; length /= 2)
        {
            for (var start = 0; start < recipe.Choices.Length; start += length)
                yield return recipe with { Choices = [.. recipe.Choices[..start], .. recipe.Choices.Skip(start + length)] };
        }
    }

    sealed record Recipe(int Lengths, Choice[] Choices, int Bounded)
    {
        public override string ToString() => $"lengths {Lengths}, bounded {Bounded}, {Choices.Length} choices: {string.Join(' ', Choices.Select(choice => (choice.Operation, choice.Left, choice.Right, choice.Detail)))}";
    }
}
