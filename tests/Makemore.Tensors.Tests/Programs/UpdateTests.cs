using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends.Interpreter;
using Makemore.Tensors.Expressions;
using Xunit;

namespace Makemore.Tensors.Programs;

public class UpdateTests
{
    static readonly Axis I = new("i", 2), J = new("j", 2);

    readonly Parameter a = new("a", [I], Initializers.Constant(0)), b = new("b", [I], Initializers.Constant(0)), square = new("square", [I, J], Initializers.Constant(0));

    [Fact]
    public void Parameters_updated_from_each_other_swap()
    {
        var after = Run([new(a, b), new(b, a)]);
        Assert.Equal([3, 4], after[a]);
        Assert.Equal([1, 2], after[b]);
    }

    [Fact]
    public void Every_update_reads_the_old_values()
    {
        var after = Run([new(a, a + b), new(b, a - b), new(square, square + a)]);
        Assert.Equal([4, 6], after[a]);
        Assert.Equal([-2, -2], after[b]);
        Assert.Equal([6, 7, 9, 10], after[square]);
    }

    [Fact]
    public void A_parameter_may_become_itself_transposed()
    {
        var (t, u) = (new Axis("t", 2), new Axis("u", 2));
        var after = Run([new(square, square.Rename(I, t).Rename(J, I).Rename(t, J))]);
        Assert.Equal([5, 7, 6, 8], after[square]);
        after = Run([new(square, square.Dot(square.Rename(J, u).Rename(I, J), [J]).Rename(u, J))]);
        Assert.Equal([67, 78, 91, 106], after[square]);
    }

    [Fact]
    public void A_parameter_may_be_normalised_by_its_own_sum()
    {
        var after = Run([new(a, a / a.Sum([I]))]);
        Assert.Equal([1 / 3.0, 2 / 3.0], after[a]);
    }

    [Fact]
    public void A_parameter_may_be_reordered_by_its_own_lookup()
    {
        var order = new IndexInput("order", [I], J);
        var program = Program.Of("reorder", [], [new(a, a.Rename(I, J)[order])]);
        var interpreter = new Interpreter(program);
        (interpreter[a][0], interpreter[a][1], interpreter[order][0], interpreter[order][1]) = (1, 2, 1, 0);
        interpreter.Run();
        Assert.Equal([2, 1], interpreter[a]);
    }

    [Fact]
    public void A_parameter_may_change_where_indices_say_and_nowhere_else()
    {
        var place = new IndexInput("place", [I], J);
        var program = Program.Of("cache", [square.Sum([J]).As("before")], [new(square, place, a)]);
        Assert.Equal(["before[i] = Σ[j] square[i,j]", "square[i,place[i]] = a[i]"], program.Assignments.Select(assignment => assignment.ToString()));
        Assert.Equal("becomes a at place", program.Expressions.Items[^1].Text);
        var interpreter = new Interpreter(program);
        (interpreter[a][0], interpreter[a][1], interpreter[place][0], interpreter[place][1]) = (7, 8, 1, 0);
        interpreter.Run();
        Assert.Equal([0, 7, 8, 0], interpreter[square]);
    }

    [Fact]
    public void A_change_in_some_places_reads_the_old_values_too()
    {
        var place = new IndexInput("place", [I], J);
        var program = Program.Of("cache", [], [new(square, place, square.Sum([J]))]);
        var interpreter = new Interpreter(program);
        double[] before = [1, 2, 3, 4];
        before.CopyTo(interpreter[square], 0);
        interpreter.Run();
        Assert.Equal([3, 2, 7, 4], interpreter[square]);
    }

    [Fact]
    public void A_change_in_some_places_has_all_axes_but_the_one_pointed_into()
    {
        var place = new IndexInput("place", [I], J);
        Assert.StartsWith("'square' at 'place' has the axes [i=2] and its new value 'square' has [i=2, j=2]", Assert.Throws<ShapeException>(() => new Update(square, place, square)).Message);
        Assert.StartsWith("'a' holds numbers, where positions along an axis of 'square' are needed", Assert.Throws<ShapeException>(() => new Update(square, a, a)).Message);
    }

    [Fact]
    public void Outputs_are_computed_before_the_updates()
    {
        var program = Program.Of("train", [(a * a).As("squares")], [new(a, a + 1)]);
        Assert.Equal(["squares[i] = a[i]²", "a[i] += 1"], program.Assignments.Select(assignment => assignment.ToString()));
    }

    [Fact]
    public void A_parameter_updated_twice_is_refused() =>
        Assert.Equal("'a' is updated twice", Assert.Throws<ArgumentException>(() => Run([new(a, b), new(a, a + 1)])).Message);

    Dictionary<Parameter, double[]> Run(Update[] updates)
    {
        var program = Program.Of("updates", [], updates);
        var interpreter = new Interpreter(program);
        Parameter[] used = [.. new[] { a, b, square }.Where(parameter => program.Leaves.Any(leaf => leaf.Leaf == parameter))];
        foreach (var parameter in used)
            (parameter == a ? new double[] { 1, 2 } : parameter == b ? [3, 4] : [5, 6, 7, 8]).CopyTo(interpreter[parameter], 0);
        interpreter.Run();
        return used.ToDictionary(parameter => parameter, parameter => interpreter[parameter]);
    }
}
