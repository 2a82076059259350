using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Formulas;
using Xunit;
using static Makemore.Tensors.Gradients.CentralDifferences;

namespace Makemore.Tensors.Gradients;

public class MapGradientTests
{
    static readonly Axis I = new("i", 3), J = new("j", 4), K = new("k", 2);

    readonly Input x = new("x", [I, J]), y = new("y", [I, J]), z = new("z", [I, J]);

    public static TheoryData<string> Names => [.. typeof(ScalarFunction).GetProperties().Where(property => property.PropertyType == typeof(ScalarFunction)).Select(property => property.Name)];

    Leaf[] Leaves => [x, y, z];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_of_every_scalar_function_matches_central_differences(string name)
    {
        var function = (ScalarFunction)typeof(ScalarFunction).GetProperty(name)!.GetValue(null)!;
        Leaf[] operands = [.. Leaves.Take(function.Arity)];
        Check(Weighted(Map.Of(function, operands)), operands);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Second_gradient_of_every_scalar_function_matches_central_differences(string name)
    {
        var function = (ScalarFunction)typeof(ScalarFunction).GetProperty(name)!.GetValue(null)!;
        Leaf[] operands = [.. Leaves.Take(function.Arity)];
        foreach (var gradient in Gradient.Of(Weighted(Map.Of(function, operands)), operands))
            Check(Weighted(gradient * x * y, "others"), operands);
    }

    [Fact]
    public void Gradient_of_an_operand_that_was_broadcast_is_summed()
    {
        var (row, column, single) = (new Input("row", [J]), new Input("column", [I]), new Input("single", Shape.Scalar));
        Check(Weighted((x * row) + (column / x) - (single * row)), x, row, column, single);
    }

    [Fact]
    public void Gradient_of_an_outer_product_without_a_common_axis()
    {
        var (row, column) = (new Input("row", [J]), new Input("column", [I]));
        Check(Weighted(column * row), column, row);
    }

    [Fact]
    public void Gradient_has_the_axes_in_the_order_of_its_tensor()
    {
        var turned = new Input("turned", [J, I]);
        Check(Weighted(Functions.Tanh(turned + x)), turned, x);
        Check(Weighted(x + turned), turned, x);
    }

    [Fact]
    public void Gradient_by_a_tensor_that_is_added_to_a_larger_one()
    {
        var large = new Input("large", [K, J, I]);
        Check(Weighted(x + large), x, large);
    }
}
