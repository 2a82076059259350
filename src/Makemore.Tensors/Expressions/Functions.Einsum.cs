using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;

namespace Makemore.Tensors.Expressions;

public static partial class Functions
{
    /// <summary>The sum of products that a notation says: <c>Einsum("b s e, s e h -> b h", x, w)</c>.</summary>
    /// <param name="notation">
    /// For each operand an index for every axis, separated by spaces; commas between operands; behind <c>-></c> the labels of the
    /// result, in its order. The products are summed over the labels that the result lacks.
    /// </param>
    /// <param name="operands">What is multiplied; more than two are contracted two at a time, in the order that multiplies least.</param>
    /// <remarks>
    /// <para><b>Which axis an index means.</b> A label that is the name of an axis of its operand means that axis, wherever it stands. The other
    /// indices mean the remaining axes in their order, as in NumPy; <c>...</c> stands for all axes that are left, which keep their names and meet by
    /// name. A sum of labels means the axis that one of its labels names, if one does. The axes of the result are called by their labels: write full names
    /// where the result is to meet others.</para>
    /// <para><b>Affine indices.</b> <c>2*t+3*k</c> reads the axis with stride 2 along t and dilation 3 along k; a number is a fixed index. A label
    /// without a length of its own is as long as fits. A sum that begins before 0, as <c>t+2*k-4</c> does, finds zeros there; nothing is read behind the
    /// end (see <see cref="Tensor.Pad"/>).</para>
    /// <para>A label stands once in an operand: there are no diagonals.</para>
    /// </remarks>
    /// <example>
    /// <code>
    /// Einsum("batch query channel, batch key channel -> batch query key", q, k)             // attention's scores
    /// Einsum("... in, in out -> ... out", x, w)                                             // a linear layer
    /// Einsum("batch time+2*tap-4 channel, tap channel out -> batch time out", x, kernel)    // a causal convolution, three taps, dilation 2
    /// Einsum("row column -> column row", x)                                                 // a transposition
    /// Einsum("batch 0 channel -> batch channel", x)                                         // the first moment
    /// </code>
    /// </example>
    /// <exception cref="EinsumException">The notation has a mistake, or the operands do not fit it.</exception>
    public static Tensor Einsum(string notation, params Tensor[] operands) => Expressions.Einsum.Of(Reduction.Sum, notation, [], operands);

    /// <summary>The sum of products that a notation says, with the lengths of labels that no operand fixes.</summary>
    /// <param name="notation">As in <see cref="Einsum(string, Tensor[])"/>.</param>
    /// <param name="lengths">Axes that are called as labels are.</param>
    /// <param name="operands">What is multiplied.</param>
    /// <example><c>Einsum("batch 2*t+k -> batch t", [new Axis("k", 2)], x) * 0.5</c>, the mean of every two.</example>
    /// <exception cref="EinsumException">The notation has a mistake, or the operands do not fit it.</exception>
    public static Tensor Einsum(string notation, Shape lengths, params Tensor[] operands) => Expressions.Einsum.Of(Reduction.Sum, notation, lengths, operands);

    /// <summary>The largest product over the labels that the result lacks.</summary>
    /// <param name="notation">As in <see cref="Einsum(string, Tensor[])"/>; before the beginning of one operand lies −∞, and several operands have nothing there.</param>
    /// <param name="operands">What is multiplied; most often one.</param>
    /// <exception cref="EinsumException">The notation has a mistake, or the operands do not fit it.</exception>
    public static Tensor EinsumMax(string notation, params Tensor[] operands) => Expressions.Einsum.Of(Reduction.Maximum, notation, [], operands);

    /// <summary>The largest product over the labels that the result lacks, with the lengths of labels that no operand fixes.</summary>
    /// <param name="notation">As in <see cref="EinsumMax(string, Tensor[])"/>.</param>
    /// <param name="lengths">Axes that are called as labels are.</param>
    /// <param name="operands">What is multiplied; most often one.</param>
    /// <example><c>EinsumMax("batch 2*t+k channel -> batch t channel", [new Axis("k", 3)], x)</c>, a max-pool over three, every second.</example>
    /// <exception cref="EinsumException">The notation has a mistake, or the operands do not fit it.</exception>
    public static Tensor EinsumMax(string notation, Shape lengths, params Tensor[] operands) => Expressions.Einsum.Of(Reduction.Maximum, notation, lengths, operands);
}
