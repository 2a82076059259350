using Makemore.Files;
using Makemore.Models;
using Makemore.Models.Layers;
using Makemore.Tensors.Axes;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Gradients;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Roslyn;
using Makemore.Tensors.Running;
using Makemore.Training;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore;

/// <summary>The models of a window of characters against the same models in PyTorch: same weights, same batches.</summary>
public class WindowModelTests
{
    const double Tolerance = 1e-5;
    const int Vocabulary = 27, Examples = 200, Batch = 32, Steps = 3;

    // In the order of the script.
    static readonly string[] Models = ["bigram", "bigram-net", "mlp-bn", "mlp-deep", "wavenet", "wavenet-dilated"];

    public static TheoryData<ModelSettings> Cases =>
    [
        new ModelSettings { Model = "bigram" },
        new ModelSettings { Model = "bigram-net" },
        new ModelSettings { Model = "mlp-bn" },
        new ModelSettings { Model = "mlp-bn", Block = 2, Embed = 5, Hidden = 13 },
        new ModelSettings { Model = "mlp-deep", Hidden = 100, Norm = Norm.Batch },
        new ModelSettings { Model = "mlp-deep", Block = 4, Embed = 3, Hidden = 17, Norm = Norm.None },
        new ModelSettings { Model = "wavenet", Block = 8, Embed = 24, Hidden = 128 },
        new ModelSettings { Model = "wavenet", Block = 16, Embed = 5, Hidden = 19 },
        new ModelSettings { Model = "wavenet", Block = 2, Embed = 5, Hidden = 19 },
        new ModelSettings { Model = "wavenet-dilated", Block = 8, Hidden = 64 },
        new ModelSettings { Model = "wavenet-dilated", Block = 16, Hidden = 11 },
        new ModelSettings { Model = "wavenet-dilated", Block = 2, Hidden = 11 },
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Logits_loss_gradients_and_steps_equal_PyTorch(ModelSettings settings)
    {
        var model = ModelCatalog.Create(settings, Vocabulary);
        var random = new TorchRandom(4711);
        var programs = new LanguageModelProgram(model, Examples);
        using var storage = new Storage();
        Fill(model, storage, random);
        var (contexts, targets, batches) = (Indices(random, Examples * model.Block.Length, Vocabulary), Indices(random, Examples, Vocabulary), Indices(random, Steps * Batch, Examples));
        storage.Write(programs.Contexts, contexts);
        storage.Write(programs.Targets, targets);
        var theirs = Torch.Run(
            "windows_of_characters.py",
            [
                .. model.Tensors.Select(parameter => TensorData.Of(parameter.Name, [.. parameter.Shape.Select(axis => axis.Length)], storage.Read(parameter))),
                Numbers("contexts", [Examples, model.Block.Length], contexts),
                Numbers("targets", [Examples], targets),
                Numbers("batches", [Steps, Batch], batches),
                Numbers("model", [], [Array.IndexOf(Models, settings.Model)]),
            ]);

        CheckGradients(model, programs, storage, batches[..Batch], theirs);
        var (program, taken) = programs.Train(Batch);
        using var step = new Routine(program, RoslynCompiler.Backend, storage);
        storage.Write(programs.LearningRate, 0.1f);
        foreach (var batch in batches.Chunk(Batch))
        {
            storage.Write(taken.Numbers, batch);
            step.Run();
        }

        foreach (var parameter in model.Tensors)
            Near.Equal(theirs[parameter.Name].Floats, storage.Read(parameter), Tolerance, parameter.Name);
    }

    static void CheckGradients(LanguageModel model, LanguageModelProgram programs, Storage storage, int[] batch, SafeTensors theirs)
    {
        var rows = new IndexInput("rows", [new Axis("batch", Batch)], programs.Targets.Shape[0]);
        storage.Write(rows, batch);
        var (x, y) = (programs.Contexts[rows], programs.Targets[rows]);
        var loss = CrossEntropy(model.Logits(x, Pass.Training()), y).Mean(rows.Shape) + (model.Penalty ?? 0);
        using var routine = new Routine(
            Program.Of("gradients", [model.Logits(x), loss, .. Gradient.Of(loss, model.Parameters)]), RoslynCompiler.Backend, storage);
        routine.Run();
        Near.Equal(theirs["predicted"].Floats, routine.Output(0), Tolerance, "logits");
        Near.Equal(theirs["loss"].Floats, routine.Output(1), Tolerance, "loss");
        for (var i = 0; i < model.Parameters.Count; i++)
            Near.Equal(theirs[$"{model.Parameters[i].Name}.grad"].Floats, routine.Output(i + 2), Tolerance, $"{model.Parameters[i].Name}.grad");
    }

    // Of no model's usual scale, so that every gradient is far from 0; what a root is taken of is positive.
    static void Fill(LanguageModel model, Storage storage, TorchRandom random)
    {
        foreach (var parameter in model.Tensors)
        {
            var numbers = new float[parameter.Shape.Elements];
            random.Normal(numbers, 0, 0.3);
            storage.Write(parameter, model.State.Contains(parameter) ? [.. numbers.Select(number => MathF.Abs(number) + 0.5f)] : numbers);
        }
    }

    static int[] Indices(TorchRandom random, int count, int bound)
    {
        var indices = new int[count];
        random.RandInt(0, bound, indices);
        return indices;
    }

    static TensorData Numbers(string name, int[] shape, int[] numbers) => TensorData.Of(name, shape, [.. numbers.Select(number => (long)number)]);
}
