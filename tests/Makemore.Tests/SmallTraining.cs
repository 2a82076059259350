using Makemore.Models;
using Makemore.Tensors.Roslyn;
using Makemore.Text;
using Makemore.Training;

namespace Makemore;

/// <summary>A training that takes a moment.</summary>
sealed class SmallTraining : IDisposable
{
    static readonly ModelSettings Settings = new() { Embed = 4, Hidden = 16 };

    public SmallTraining(TrainingOptions options, bool check = false, int? threads = 1, TimeProvider? time = null)
    {
        Options = options;
        Model = ModelCatalog.Create(Settings, Data.Vocabulary.Count);
        Trainer = new Trainer(Model, Data, options, RoslynCompiler.Backend, time, check, threads);
    }

    public static TrainingData Data { get; } = new(Corpus.FromLines(["emma", "olivia", "ava", "mia", "amelia", "mila", "ella", "eva", "leo", "mateo", "levi", "liam"]), 3);

    public TrainingOptions Options { get; }

    public LanguageModel Model { get; }

    public Trainer Trainer { get; }

    /// <summary>All numbers that are learned.</summary>
    public float[] Weights => [.. Model.Parameters.SelectMany(parameter => Trainer.Storage.Read(parameter))];

    public static ModelSettings ModelSettings => Settings;

    public void Dispose() => Trainer.Dispose();
}
