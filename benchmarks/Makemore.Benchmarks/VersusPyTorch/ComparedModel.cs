using Makemore.Models;
using Makemore.Training;

namespace Makemore.Benchmarks.VersusPyTorch;

/// <summary>A model whose training step is compared with PyTorch's, and what is asked of it.</summary>
/// <param name="Title">What it is, in a table.</param>
/// <param name="Settings">Its sizes: those of its source.</param>
/// <param name="Options">How it is trained: as in its source.</param>
/// <param name="Asked">How many times as fast as the best of PyTorch a step on one thread should be.</param>
/// <param name="AskedOfTwo">And with two threads at hand.</param>
sealed record ComparedModel(string Title, ModelSettings Settings, TrainingOptions Options, double? Asked = null, double? AskedOfTwo = null)
{
    static readonly TrainingOptions Lecture = new() { LearningRates = [0.1] };

    static readonly TrainingOptions Makemore = new() { LearningRates = [5e-4], Optimizer = new() { Kind = OptimizerKind.AdamW, Beta2 = 0.99 } };

    /// <summary>The models, in the order of the tables.</summary>
    public static IReadOnlyList<ComparedModel> All { get; } =
    [
        new("lecture MLP", ModelCatalog.Initial("mlp"), Lecture, 8),
        new("lecture MLP with batch norm", ModelCatalog.Initial("mlp-bn"), Lecture, 14),
        new("lecture part 5, wavenet", ModelCatalog.Initial("wavenet"), Lecture, 10),
        new("makemore.py mlp", new() { Model = "mlp-makemore", Embed = 64, Hidden = 64 }, Makemore, 12),
        new("makemore.py rnn", new() { Model = "rnn", Embed = 64, Hidden = 64 }, Makemore, 11, 18),
        new("makemore.py gru", new() { Model = "gru", Embed = 64, Hidden = 64 }, Makemore, 11, 18),
        new("lstm", new() { Model = "lstm", Embed = 64, Hidden = 64, Layers = 1 }, Makemore),
        new("makemore.py bow", new() { Model = "bow", Embed = 64, Hidden = 64 }, Makemore, 10),
        new("makemore.py transformer", new() { Model = "transformer" }, Makemore, 7, 12),
    ];

    /// <summary>The model's name in the catalog, which asks for it.</summary>
    public string Name => Settings.Model;
}
