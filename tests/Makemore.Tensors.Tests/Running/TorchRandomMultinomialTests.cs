using System.Text;
using Makemore.Testing;
using Xunit;

namespace Makemore.Tensors.Running;

public class TorchRandomMultinomialTests
{
    static readonly float[] ten = [0.05f, 0.2f, 0.01f, 0.14f, 0.1f, 0.25f, 0.05f, 0.1f, 0.03f, 0.07f];
    static readonly float[] threeRows = [0.1f, 0.2f, 0.3f, 0.4f, 4, 3, 2, 1, 0, 1, 0, 1];

    [Theory]
    [MemberData(nameof(RandomVectors.Seeds), MemberType = typeof(RandomVectors))]
    public void Draws_with_replacement_equal_PyTorch(long seed)
    {
        var random = new TorchRandom(seed);
        Assert.Equal(
            RandomVectors.Common(seed, "multinomial_p10_n1_replacement_20_calls").Ints(),
            Enumerable.Range(0, 20).Select(_ => Draw(random, ten, 1, replacement: true)[0]));
        Assert.Equal(
            RandomVectors.Common(seed, "multinomial_p10_n20_replacement_1_call").Ints(),
            Draw(new(seed), ten, 20, replacement: true));
        Assert.Equal(
            RandomVectors.Common(seed, "multinomial_p2d_n5_replacement_rowmajor").Ints(),
            Draw(new(seed), threeRows, 15, replacement: true, rows: 3));
    }

    [Theory]
    [MemberData(nameof(RandomVectors.Seeds), MemberType = typeof(RandomVectors))]
    public void Draws_without_replacement_equal_PyTorch(long seed)
    {
        var random = new TorchRandom(seed);
        Assert.Equal(
            RandomVectors.Common(seed, "multinomial_p10_n1_noreplacement_20_calls").Ints(),
            Enumerable.Range(0, 20).Select(_ => Draw(random, ten, 1, replacement: false)[0]));
        Assert.Equal(
            RandomVectors.Common(seed, "multinomial_p10_n4_noreplacement_1_call").Ints(),
            Draw(new(seed), ten, 4, replacement: false));
        Assert.Equal(
            RandomVectors.Common(seed, "multinomial_p2d_n1_noreplacement").Ints(),
            Draw(new(seed), threeRows, 3, replacement: false, rows: 3));
    }

    [Fact]
    public void Rows_drawn_together_equal_rows_drawn_in_turn()
    {
        var random = new TorchRandom(9);
        int[] inTurn =
        [
            .. Draw(random, threeRows[..4], 2, replacement: false),
            .. Draw(random, threeRows[4..8], 2, replacement: false),
            .. Draw(random, threeRows[8..], 2, replacement: false),
        ];
        Assert.Equal(inTurn, Draw(new(9), threeRows, 6, replacement: false, rows: 3));
    }

    [Fact]
    public void Hundred_draws_of_the_first_lecture_are_reproduced()
    {
        var random = new TorchRandom(2147483647);
        var p = new float[3];
        random.Rand(p);
        var sum = p[0] + p[1] + p[2];
        p = [.. p.Select(value => value / sum)];
        Assert.Equal(
            RandomVectors.Section("lecture_facts").GetProperty("part1_multinomial_100").Ints(),
            Draw(random, p, 100, replacement: true));
    }

    [Theory]
    [MemberData(nameof(RandomVectors.Seeds), MemberType = typeof(RandomVectors))]
    public void Names_of_the_bigram_lecture_are_reproduced(long seed)
    {
        var table = BigramProbabilities(File.ReadAllLines(TestData.LectureNames));
        var withReplacement = RandomVectors.Common(seed, "bigram_names_N+1_replacement").Strings();
        Assert.Equal(withReplacement, BigramNames(new(seed), table, withReplacement.Length, replacement: true));
        var without = RandomVectors.Common(seed, "bigram_names_N+1_noreplacement").Strings();
        Assert.Equal(without, BigramNames(new(seed), table, without.Length, replacement: false));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Long_tables_draw_only_what_is_possible(bool replacement)
    {
        var weights = new float[2000];
        for (var i = 0; i < weights.Length; i += 2)
            weights[i] = i + 1;
        var drawn = Draw(new(3), weights, 1000, replacement);
        Assert.All(drawn, index => Assert.Equal(0, index % 2));
        if (!replacement)
            Assert.Equal(1000, drawn.Distinct().Count());
    }

    [Theory]
    [InlineData(new[] { 0.5f, -0.1f }, 1, 1, false, "probability 1 of row 0 is -0.1")]
    [InlineData(new[] { 0.5f, float.NaN }, 1, 1, true, "probability 1 of row 0 is NaN")]
    [InlineData(new[] { 1, 1, float.PositiveInfinity, 1 }, 2, 2, true, "probability 0 of row 1 is Infinity")]
    [InlineData(new[] { 0f, 0f }, 1, 1, true, "the probabilities of row 0 are all 0")]
    [InlineData(new[] { 1f, 1f }, 3, 1, false, "cannot draw 3 of 2 indices without replacement")]
    [InlineData(new[] { 1f, 1f, 1f }, 2, 2, false, "3 probabilities and 2 draws do not divide into 2 rows")]
    public void Impossible_tables_are_refused(float[] weights, int draws, int rows, bool replacement, string message)
    {
        var error = Assert.Throws<ArgumentException>(() => Draw(new(1), weights, draws, replacement, rows));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    static int[] Draw(TorchRandom random, float[] weights, int count, bool replacement, int rows = 1)
    {
        var result = new int[count];
        random.Multinomial(weights, result, replacement, rows);
        return result;
    }

    static float[][] BigramProbabilities(string[] names)
    {
        var counts = Enumerable.Range(0, 27).Select(_ => Enumerable.Repeat(1f, 27).ToArray()).ToArray();
        foreach (var name in names)
        {
            foreach (var (first, second) in $".{name}".Zip($"{name}."))
                counts[Token(first)][Token(second)]++;
        }

        return [.. counts.Select(row => row.Select(count => count / row.Sum()).ToArray())];
    }

    static int Token(char character) => character == '.' ? 0 : character - 'a' + 1;

    static IEnumerable<string> BigramNames(TorchRandom random, float[][] table, int count, bool replacement)
    {
        for (var made = 0; made < count; made++)
        {
            var name = new StringBuilder();
            var token = 0;
            do
            {
                token = Draw(random, table[token], 1, replacement)[0];
                name.Append(token == 0 ? '.' : (char)('a' + token - 1));
            }
            while (token != 0);
            yield return name.ToString();
        }
    }
}
