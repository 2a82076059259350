using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Programs;

/// <summary>
/// A program for parameters that stay as they are, in two: what they alone decide is computed once, and the rest in every run. Weights lie ready
/// in the order in which products read them, and tables have gone through the layer behind them.
/// </summary>
public sealed class PreparedProgram
{
    readonly HashSet<Parameter> updated;
    readonly Dictionary<Tensor, Kind> kinds = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<Tensor, Tensor> replaced = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<(Tensor Tensor, Shape Order), Parameter> ready = [];
    readonly UniqueNames names = new();
    readonly List<Update> preparations = [];

    PreparedProgram(string name, IReadOnlyList<Tensor> outputs, IReadOnlyList<Update> updates)
    {
        // Once is rarer than every time, whatever it costs.
        var rewriting = new Rewriting(Rewrite.Always);
        IReadOnlyList<Tensor> rewritten = [.. outputs.Select(output => rewriting[output])];
        IReadOnlyList<Update> changes = [.. updates.Select(update => update.With(tensor => rewriting[tensor]))];
        updated = [.. updates.Select(update => update.Target)];
        Replace([.. rewritten, .. changes.SelectMany(update => update.Expressions)]);
        Run = Program.Of(name, [.. rewritten.Select(tensor => replaced[tensor])], [.. changes.Select(update => update.With(tensor => replaced[tensor]))], Rewrite.Never);
        Preparation = Program.Of($"prepare_{name}", [], preparations, Rewrite.Never);
    }

    enum Kind
    {
        /// <summary>Another in every run.</summary>
        Computed,

        /// <summary>What parameters decide that stay as they are.</summary>
        Fixed,

        /// <summary>What nothing decides.</summary>
        Constant,
    }

    /// <summary>What is run once, and again whenever parameters have changed; it sets parameters that only <see cref="Run"/> knows.</summary>
    public Program Preparation { get; }

    /// <summary>What is run every time.</summary>
    public Program Run { get; }

    /// <summary>Divides expressions into what is computed once and what is computed in every run.</summary>
    /// <param name="name">What the program is for.</param>
    /// <param name="outputs">What the caller wants to read after every run.</param>
    /// <param name="updates">New values of parameters, stored at the end of every run; all others stay as they are.</param>
    public static PreparedProgram Of(string name, IReadOnlyList<Tensor> outputs, IReadOnlyList<Update> updates) => new(name, outputs, updates);

    void Replace(IEnumerable<Tensor> roots)
    {
        foreach (var tensor in OperandsFirst.Of(roots))
        {
            kinds[tensor] = KindOf(tensor);
            replaced[tensor] = kinds[tensor] == Kind.Computed && tensor is not Leaf ? WithReadyOperands(tensor) : tensor;
        }
    }

    Kind KindOf(Tensor tensor) => tensor switch
    {
        Parameter parameter when !updated.Contains(parameter) => Kind.Fixed,
        Leaf or Length => Kind.Computed,
        _ when tensor.Type != ElementType.Number || tensor.Shape.Any(axis => axis.IsBounded) => Kind.Computed,
        _ => tensor.Operands.Select(operand => kinds[operand]).Append(Kind.Constant).Min(),
    };

    Tensor WithReadyOperands(Tensor tensor)
    {
        Tensor[] operands = [.. tensor.Operands.Select(operand => kinds[operand] == Kind.Fixed ? Ready(operand, tensor) : replaced[operand])];
        return operands.SequenceEqual(tensor.Operands, ReferenceEqualityComparer.Instance) ? tensor : tensor.WithOperands(operands);
    }

    // Nothing is to be computed where all that is asked for is a parameter, or another view of one, in an order that is as good as any.
    Tensor Ready(Tensor operand, Tensor user)
    {
        var order = user is Contract { Over: var over } ? [.. operand.Shape.Where(over.Contains), .. operand.Shape.Without(over)] : operand.Shape;
        if ((operand is Leaf && order.Equals(operand.Shape)) || (operand is View && user is not Contract))
            return operand;
        if (!ready.TryGetValue((operand, order), out var parameter))
        {
            ready[(operand, order)] = parameter = new Parameter(names.Of($"{operand.Name ?? operand.Operation}.ready"), order, Initializers.Constant(0));
            preparations.Add(new(parameter, operand));
        }

        return parameter;
    }
}
