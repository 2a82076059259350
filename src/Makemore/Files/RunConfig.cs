using System.Text.Json.Serialization;
using Makemore.Models;
using Makemore.Text;
using Makemore.Training;

namespace Makemore.Files;

/// <summary>What a run folder tells of a training: enough to use the model, and to train it again.</summary>
public sealed record RunConfig
{
    /// <summary>The model and its sizes.</summary>
    public required ModelSettings Model { get; init; }

    /// <summary>How it was trained; null for a model of counts.</summary>
    public TrainingOptions? Training { get; init; }

    /// <summary>How the data were divided.</summary>
    public SplitKind Split { get; init; }

    /// <summary>The characters, in the order of their tokens from 1 on.</summary>
    public required string Alphabet { get; init; }

    /// <summary>What it learned from: a file's full path, or the name of a built-in dataset.</summary>
    public required string Data { get; init; }

    /// <summary>The <see cref="Corpus.Fingerprint"/> of what it learned from; null in runs that were saved before there was one.</summary>
    public string? DataFingerprint { get; init; }

    /// <summary>Steps that were done.</summary>
    public int Steps { get; init; }

    /// <summary>The step whose parameters were kept, where it was not the last.</summary>
    public int? KeptStep { get; init; }

    /// <summary>The losses at the end.</summary>
    public Losses? Losses { get; init; }

    /// <summary>What there is to tell of a model that was trained.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">What it learned.</param>
    /// <param name="training">How.</param>
    /// <param name="result">What came of it.</param>
    public static RunConfig Of(ModelSettings model, TrainingData data, TrainingOptions training, TrainingResult result) =>
        Of(model, data, result.Losses) with { Training = training, Steps = result.Steps, KeptStep = result.KeptStep };

    /// <summary>What there is to tell of a model that was counted.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">What it learned.</param>
    /// <param name="losses">What came of it.</param>
    public static RunConfig Of(ModelSettings model, TrainingData data, Losses losses) => new()
    {
        Model = ModelCatalog.Fit(model, data.Corpus),
        Split = data.Kind,
        Alphabet = data.Vocabulary.Alphabet,
        Data = data.Corpus.File ?? data.Corpus.Source,
        DataFingerprint = data.Corpus.Fingerprint,
        Losses = losses,
    };

    /// <summary>The alphabet as a vocabulary.</summary>
    [JsonIgnore]
    public Vocabulary Vocabulary => new(Alphabet);

    /// <summary>Reads again what was learned from.</summary>
    /// <exception cref="MakemoreException">It is not there any more, is not the same any more, or cannot be read.</exception>
    public Corpus LoadCorpus()
    {
        var corpus = Read();
        return DataFingerprint is null || DataFingerprint == corpus.Fingerprint ? corpus : throw new MakemoreException($"'{Data}' has changed since it was learned from; put it back, or train again");
    }

    Corpus Read()
    {
        if (BuiltInDataset.Available.Contains(Data, StringComparer.Ordinal))
            return BuiltInDataset.Load(Data);
        if (IsStream(Data))
            throw new MakemoreException($"what was learned from, '{Data}', was a stream, which cannot be read again");
        if (!File.Exists(Data))
            throw new MakemoreException($"what was learned from, '{Data}', is not there any more; put it back, or train again");
        return Corpus.Load(Data);
    }

    // Standard input and the pipes of shells: reading them again would wait for whoever writes there now.
    static bool IsStream(string path) => path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal);

    /// <summary>Checks that everything is there and makes sense.</summary>
    /// <param name="file">Where it was read from, for the message.</param>
    /// <exception cref="MakemoreException">Something is missing or impossible.</exception>
    public void Check(string file)
    {
        if (Model?.Model is null || string.IsNullOrEmpty(Alphabet) || Data is null)
            throw new MakemoreException($"'{file}' is damaged: the model, its alphabet or what it learned from is missing");
        if (!Enum.IsDefined(Split))
            throw new MakemoreException($"'{file}' is damaged: there is no split {(int)Split}");
        try
        {
            ModelCatalog.Validate(Model);
            if (ModelCatalog.IsCounted(Model.Model))
                return;
            if (Training?.LearningRates is null)
                throw new MakemoreException("the training is missing");
            Training.Validate();
            ModelCatalog.Create(Model, Vocabulary.Count);
        }
        catch (Exception exception) when (exception is MakemoreException or ArgumentException)
        {
            throw new MakemoreException($"'{file}' is damaged: {exception.Message}", exception);
        }
    }
}
