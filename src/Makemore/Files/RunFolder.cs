using System.Text.Json;
using Makemore.Models;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Running;
using Makemore.Text;

namespace Makemore.Files;

/// <summary>What a training leaves behind: a folder of plain files, each written whole or not at all.</summary>
/// <remarks>
/// <c>config.json</c> (the model, its alphabet, how it was trained), <c>model.safetensors</c> (the parameters by name),
/// <c>metrics.jsonl</c> (a line for each evaluation), <c>samples.txt</c>.
/// </remarks>
public sealed class RunFolder
{
    const string ConfigFile = "config.json";
    const string ModelFile = "model.safetensors";

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
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new MakemoreException($"'{file}' is damaged or cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Writes the configuration and the parameters.</summary>
    /// <exception cref="MakemoreException">The folder cannot be written.</exception>
    public void Save(LanguageModel model, Storage storage)
    {
        Write(ConfigFile, stream => JsonSerializer.Serialize(stream, Config, RunJson.Default.RunConfig));
        Guarded(() => SafeTensors.Write(
            In(ModelFile),
            model.Parameters.Select(parameter => TensorData.Of(parameter.Name, [.. parameter.Shape.Select(axis => axis.Length)], storage.Read(parameter)))));
    }

    /// <summary>Writes a file of lines.</summary>
    /// <exception cref="MakemoreException">The folder cannot be written.</exception>
    public void WriteLines(string file, IEnumerable<string> lines) => Write(file, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        foreach (var line in lines)
            writer.WriteLine(line);
    });

    /// <summary>The model with its parameters read from the folder.</summary>
    /// <param name="storage">Where the parameters go.</param>
    /// <exception cref="MakemoreException">A tensor is missing, one too many, or of another shape; or the file is damaged.</exception>
    public LanguageModel Load(Storage storage)
    {
        var model = ModelCatalog.Create(Config.Model, Config.Vocabulary.Count);
        var file = SafeTensors.Read(In(ModelFile));
        foreach (var extra in file.Tensors.Select(tensor => tensor.Name).Except(model.Parameters.Select(parameter => parameter.Name)))
            throw new MakemoreException($"'{file.Source}' has a tensor '{extra}' that the model '{Config.Model.Model}' does not know");
        foreach (var parameter in model.Parameters)
        {
            var tensor = file.Tensors.FirstOrDefault(tensor => tensor.Name == parameter.Name)
                ?? throw new MakemoreException($"'{file.Source}' lacks the tensor '{parameter.Name}'");
            int[] expected = [.. parameter.Shape.Select(axis => axis.Length)];
            if (!tensor.Shape.SequenceEqual(expected) || tensor.Type != TensorType.F32)
                throw new MakemoreException($"'{parameter.Name}' in '{file.Source}' is {tensor.Type} [{string.Join(", ", tensor.Shape)}], and F32 [{string.Join(", ", expected)}] is expected");
            storage.Write(parameter, tensor.Floats);
        }

        return model;
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
