using Makemore.Tensors.Axes;

namespace Makemore.Tensors.Expressions;

public static partial class Functions
{
    /// <summary>
    /// −log softmax(logits)[target]: the surprise at each target, one number for each element of <paramref name="targets"/>.
    /// The largest logit is subtracted first, as in lecture part 4, so that no exponential overflows.
    /// </summary>
    /// <param name="logits">[…, classes].</param>
    /// <param name="targets">[…], pointing into the classes.</param>
    /// <exception cref="ShapeException">The targets do not point into an axis of the logits.</exception>
    public static Tensor CrossEntropy(Tensor logits, Tensor targets)
    {
        var picked = logits[targets].As("target_logit");
        Shape classes = [targets.Into!];
        var max = logits.Max(classes).Detach().As("logit_max");
        var counts = Exp(logits - max).As("counts");
        return Log(counts.Sum(classes).As("counts_sum")) + (max - picked);
    }

    /// <summary>The mean surprise at the targets that count, a scalar; what does not count has no part in it, nor any gradient.</summary>
    /// <param name="logits">[…, classes].</param>
    /// <param name="targets">[…], pointing into the classes; where they do not count, at any.</param>
    /// <param name="counted">
    /// Some of the targets' axes: 1 where a target counts, otherwise 0, such as <c>PositionAlong(time) &lt;= lengths</c>. It says what
    /// PyTorch says with targets of −1 and <c>ignore_index</c>. Where nothing counts, the mean is not a number, as there.
    /// </param>
    /// <exception cref="ShapeException">The targets do not point into an axis of the logits, or lack an axis of <paramref name="counted"/>.</exception>
    public static Tensor MeanCrossEntropy(Tensor logits, Tensor targets, Tensor counted)
    {
        var surprise = CrossEntropy(logits, targets).As("surprise");
        var all = surprise.Shape;
        var counts = View.InOrder(counted.BroadcastTo(all), all);
        return Where(counts, surprise, 0).Sum(all) / Named(counts.Sum(all), "counted");
    }
}
