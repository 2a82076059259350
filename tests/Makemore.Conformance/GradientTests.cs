using Makemore.Files;
using Makemore.Models;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Roslyn;
using Makemore.Tensors.Running;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore;

/// <summary>The compiled MLP against PyTorch's autograd: same weights, same batch.</summary>
public class GradientTests
{
    const double Tolerance = 1e-5;

    [Theory]
    [InlineData(32, 3, 10, 200, 27)]
    [InlineData(1, 3, 10, 200, 27)]
    [InlineData(7, 2, 5, 13, 11)]
    [InlineData(33, 4, 3, 17, 31)]
    [InlineData(100, 8, 16, 64, 48)]
    [InlineData(5, 1, 1, 1, 2)]
    public void Loss_and_gradients_of_the_Mlp_equal_PyTorch(int batch, int block, int embed, int hidden, int vocab)
    {
        var random = new TorchRandom(batch + (31 * hidden));
        Axis rows = new("batch", batch), characters = new("vocab", vocab), context = new("block", block);
        var mlp = new Mlp(characters, context, new("embed", embed), new("hidden", hidden));
        IndexInput x = new("x", [rows, context], characters), y = new("y", [rows], characters);
        var loss = CrossEntropy(mlp.Logits(x), y).Mean([rows]).As("loss");
        using var storage = new Storage();
        using var routine = new Routine(
            Program.Of("gradients", [loss, .. Gradient.Of(loss, mlp.Parameters)]), RoslynCompiler.Backend, storage);
        var (contexts, targets) = (Indices(random, batch * block, vocab), Indices(random, batch, vocab));
        storage.Write(x, contexts);
        storage.Write(y, targets);
        foreach (var parameter in mlp.Parameters)
            storage.Write(parameter, Normals(random, parameter.Shape));
        routine.Run();

        var theirs = Torch.Run("gradients.py", [.. Tensors(mlp, storage), Tensor("contexts", [batch, block], contexts), Tensor("targets", [batch], targets)]);
        Near.Equal(theirs["loss"].Floats, routine.Output(), Tolerance, "loss");
        for (var i = 0; i < mlp.Parameters.Count; i++)
        {
            var parameter = mlp.Parameters[i];
            Assert.Equal(parameter.Shape, routine.Program.Outputs[i + 1].Shape);
            Near.Equal(theirs[parameter.Name].Floats, routine.Output(i + 1), Tolerance, $"{parameter.Name}.grad");
        }
    }

    static IEnumerable<TensorData> Tensors(LanguageModel model, Storage storage) =>
        model.Parameters.Select(parameter => TensorData.Of(parameter.Name, [.. parameter.Shape.Select(axis => axis.Length)], storage.Read(parameter)));

    static TensorData Tensor(string name, int[] shape, int[] indices) => TensorData.Of(name, shape, [.. indices.Select(index => (long)index)]);

    static int[] Indices(TorchRandom random, int count, int bound)
    {
        var indices = new int[count];
        random.RandInt(0, bound, indices);
        return indices;
    }

    // Of no model's usual scale, so that every gradient is far from 0, and small enough for the tanh to have a slope.
    static float[] Normals(TorchRandom random, Shape shape)
    {
        var numbers = new float[shape.Elements];
        random.Normal(numbers, 0, 0.3);
        return numbers;
    }
}
