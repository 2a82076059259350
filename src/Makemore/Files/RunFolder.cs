using System.Text.Json;
using Makemore.Models;
using Makemore.Tensors.Backends;
using Makemore.Tensors.Running;
using Makemore.Text;

namespace Makemore.Files;

/// <summary>What a training leaves behind: a folder of plain files, each written whole or not at all.</summary>
/// <remarks>
/// <c>config.json</c> (the model, its alphabet, how it was trained), <c>model.safetensors</c> (the parameters by name; for a model of
/// counts <c>grams</c>, sequences of tokens, and <c>counts</c>, how often each occurs),
/// <c>metrics.jsonl</c> (a line for each evaluation), <c>samples.txt</c>.
/// </remarks>
public sealed class RunFolder
{
    const string ConfigFile = "config.json";
    const string ModelFile = "model.safetensors";
    const string GramsTensor = "grams";
    const string CountsTensor = "counts";

    /// <summary>The files of a training.</summary>
    /// <param name="path">The folder; it is made when something is written.</param>
    /// <param name="config">What is told of the training.</param>
    public RunFolder(string path, RunConfig config) => (Path, Config) = (path, config);

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>What the folder tells of the training.</summary>
    public RunConfig Config { get; }

    /// <summary>Opens the folder of a training.</summary>
    /// <exception cref="MakemoreException">It is no such folder, or its configuration is damaged.</exception>
    public static RunFolder Open(string path)
    {
        var file = System.IO.Path.Combine(path, ConfigFile);
        if (File.Exists(path))
            throw new MakemoreException($"'{path}' is a file; give the folder of a run, as 'makemore train --out' made it");
        if (!Directory.Exists(path))
            throw new MakemoreException($"there is no folder '{path}'; give the folder of a run, as 'makemore train --out' made it");
        if (!File.Exists(file))
            throw new MakemoreException($"'{path}' is not the folder of a run: it has no {ConfigFile}");
        try
        {
            var config = JsonSerializer.Deserialize(File.ReadAllBytes(file), RunJson.Default.RunConfig)
                ?? throw new MakemoreException($"'{file}' is damaged: it is empty");
            config.Check(file);
            return new RunFolder(path, config);
        }
        catch (JsonException exception)
        {
            // What comes behind is for whoever wrote the reader.
            var problem = exception.Message.Split(" Path: ")[0].TrimEnd('.');
            var place = exception.Path is { Length: > 2 } member ? $" at '{member[2..]}'" : "";
            throw new MakemoreException($"'{file}' is damaged in line {exception.LineNumber + 1 ?? 1}{place}: {problem}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MakemoreException($"'{file}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Writes the configuration and the parameters.</summary>
    /// <exception cref="MakemoreException">The folder cannot be written.</exception>
    public void Save(LanguageModel model, Storage storage) =>
        Save(model.Tensors.Select(parameter => TensorData.Of(parameter.Name, [.. parameter.Shape.Select(axis => axis.Length)], storage.Read(parameter))));

    /// <summary>Writes the configuration and the counts.</summary>
    /// <exception cref="MakemoreException">The folder cannot be written.</exception>
    public void Save(CountModel model) => Save(
        [
            TensorData.Of(GramsTensor, [model.Counts.Counts.Count, model.Counts.Order], [.. model.Counts.Grams.Select(token => (long)token)]),
            TensorData.Of(CountsTensor, [model.Counts.Counts.Count], [.. model.Counts.Counts]),
        ]);

    /// <summary>Writes a file of lines.</summary>
    /// <exception cref="MakemoreException">The folder cannot be written.</exception>
    public void WriteLines(string file, IEnumerable<string> lines) => Write(file, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        foreach (var line in lines)
            writer.WriteLine(line);
    });

    /// <summary>The model ready for use.</summary>
    /// <param name="storage">Where parameters go; it must outlive the model.</param>
    /// <param name="backend">What compiles a model of tensors.</param>
    /// <param name="rows">The most contexts, or whole lines, that are computed at once.</param>
    /// <exception cref="MakemoreException">A tensor is missing, one too many, or not what the model needs; or the file is damaged.</exception>
    public IPredictor Load(Storage storage, IBackend backend, int rows = 1) =>
        ModelCatalog.IsCounted(Config.Model.Model) ? LoadCounts() : LoadNetwork(storage).Predictor(storage, backend, rows);

    /// <summary>The model with its parameters read from the folder; it is one of tensors.</summary>
    /// <param name="storage">Where the parameters go.</param>
    /// <exception cref="MakemoreException">A tensor is missing, one too many, or of another shape; or the file is damaged.</exception>
    public LanguageModel LoadNetwork(Storage storage)
    {
        var model = ModelCatalog.Create(Config.Model, Config.Vocabulary.Count);
        var file = Tensors([.. model.Tensors.Select(parameter => parameter.Name)]);
        foreach (var parameter in model.Tensors)
        {
            var tensor = file[parameter.Name];
            int[] expected = [.. parameter.Shape.Select(axis => axis.Length)];
            if (!tensor.Shape.SequenceEqual(expected) || tensor.Type != TensorType.F32)
                throw new MakemoreException($"'{parameter.Name}' in '{file.Source}' is {tensor.Type} [{string.Join(", ", tensor.Shape)}], and F32 [{string.Join(", ", expected)}] is expected");
            storage.Write(parameter, tensor.Floats);
        }

        return model;
    }

    CountModel LoadCounts()
    {
        var file = Tensors([GramsTensor, CountsTensor]);
        var (grams, counts, order) = (file[GramsTensor], file[CountsTensor], ModelCatalog.Block(Config.Model) + 1);
        if (grams.Type != TensorType.I64 || counts.Type != TensorType.I64 || counts.Shape.Count != 1 || !grams.Shape.SequenceEqual([counts.Shape[0], order]))
        {
            throw new MakemoreException(
                $"'{file.Source}' has {grams.Type} [{string.Join(", ", grams.Shape)}] as '{GramsTensor}' and {counts.Type} [{string.Join(", ", counts.Shape)}] as '{CountsTensor}', "
                + $"and I64 [N, {order}] and I64 [N] are expected");
        }

        try
        {
            var tokens = grams.Longs.ToArray().Select(token => (int)Math.Clamp(token, -1, int.MaxValue));
            return ModelCatalog.Create(Config.Model, new GramCounts(order, Config.Vocabulary.Count, [.. tokens], counts.Longs.ToArray()));
        }
        catch (ArgumentException exception)
        {
            throw new MakemoreException($"'{file.Source}' is damaged: {exception.Message}", exception);
        }
    }

    // The file of tensors, which has these and no others.
    SafeTensors Tensors(IReadOnlyList<string> names)
    {
        var file = SafeTensors.Read(In(ModelFile));
        string[] found = [.. file.Tensors.Select(tensor => tensor.Name)];
        if (found.Except(names).FirstOrDefault() is { } extra)
            throw new MakemoreException($"'{file.Source}' has a tensor '{extra}' that the model '{Config.Model.Model}' does not know");
        if (names.Except(found).FirstOrDefault() is { } missing)
            throw new MakemoreException($"'{file.Source}' lacks the tensor '{missing}'");
        return file;
    }

    void Save(IEnumerable<TensorData> tensors)
    {
        Write(ConfigFile, stream => JsonSerializer.Serialize(stream, Config, RunJson.Default.RunConfig));
        Guarded(() => SafeTensors.Write(In(ModelFile), tensors));
    }

    string In(string file) => System.IO.Path.Combine(Path, file);

    void Write(string file, Action<Stream> write) => Guarded(() => AtomicFile.Write(In(file), write));

    void Guarded(Action write)
    {
        try
        {
            Directory.CreateDirectory(Path);
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MakemoreException($"cannot write to '{Path}': {exception.Message}", exception);
        }
    }
}
