using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using static Makemore.Tensors.Expressions.Initializers;

namespace Makemore.Models.Layers;

/// <summary>x·weight + bias as the lectures write it: the weight lies [from…, to], and the caller says how it begins. <see cref="Linear"/> is PyTorch's.</summary>
/// <param name="name">The layer's name; its tensors are called <c>weight</c> and <c>bias</c> of it, as in PyTorch.</param>
/// <param name="from">The axes summed over.</param>
/// <param name="to">The axis of the outputs.</param>
/// <param name="weight">How the weight begins: [from…, to].</param>
/// <param name="bias">How the bias begins; null for none.</param>
public sealed class LectureLinear(string name, Shape from, Axis to, Initializer weight, Initializer? bias = null)
{
    readonly Parameter weight = new($"{name}.weight", [.. from, to], weight);
    readonly Parameter? bias = bias is null ? null : new($"{name}.bias", [to], bias);

    /// <summary>A layer that begins as PyTorch's <c>nn.Linear</c> does, its random numbers drawn in that layer's order.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="from">The axes summed over.</param>
    /// <param name="to">The axis of the outputs.</param>
    public LectureLinear(string name, Shape from, Axis to)
        : this(name, from, to, DrawnAs([to, .. from], KaimingUniform([.. from])), UniformOfFanIn([.. from]))
    {
    }

    /// <summary>What is learned.</summary>
    public IReadOnlyList<Parameter> Parameters => bias is null ? [weight] : [weight, bias];

    /// <summary>The outputs.</summary>
    /// <param name="x">[…, from…].</param>
    /// <returns>[…, to].</returns>
    public Tensor Of(Tensor x)
    {
        var product = x.Dot(weight, over: from);
        return bias is null ? product : product + bias;
    }
}
