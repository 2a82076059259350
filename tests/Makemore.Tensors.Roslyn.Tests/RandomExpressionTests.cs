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
    public void Compiled_code_computes_what_the_interpreter_computes()
    {
        Prop.ForAll(Arb.From(Recipes, Smaller), recipe => Compiled.Disagreement(RandomExpressions.Program(recipe.Lengths, recipe.Choices)) is { } disagreement
                ? false.Label($"MAKEMORE_RANDOM_SEED={Seed}\n{disagreement}")
                : true.Label("agrees"))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Programs).WithReplay(Seed, Seed | 1));
    }

    [Fact]
    public void Rewritten_programs_compute_what_was_written()
    {
        Prop.ForAll(Arb.From(Recipes, Smaller), recipe =>
            {
                var (written, rewritten) = (RandomExpressions.Program(recipe.Lengths, recipe.Choices, Rewrite.Never), RandomExpressions.Program(recipe.Lengths, recipe.Choices, Rewrite.Always));
                return Compiled.Disagreement(written, rewritten) is { } disagreement ? false.Label($"MAKEMORE_RANDOM_SEED={Seed}\n{disagreement}") : true.Label("agrees");
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Programs).WithReplay(Seed, Seed | 1));
    }

    static Gen<Recipe> Recipes
    {
        get
        {
            var choice =
                from operation in Gen.Choose(0, 999)
                from left in Gen.Choose(0, 999)
                from right in Gen.Choose(0, 999)
                from detail in Gen.Choose(0, 999)
                select new Choice(operation, left, right, detail);
        var recipe =
                from lengths in Gen.Choose(0, 255)
                from choices in choice.ArrayOf(50)
                select new Recipe(lengths, choices);
            return recipe;
        }
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

    sealed record Recipe(int Lengths, Choice[] Choices)
    {
        public override string ToString() => $"lengths {Lengths}, {Choices.Length} choices: {string.Join(' ', Choices.Select(choice => (choice.Operation, choice.Left, choice.Right, choice.Detail)))}";
    }
}
