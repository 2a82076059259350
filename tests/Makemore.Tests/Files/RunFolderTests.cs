using Makemore.Models;
using Makemore.Tensors.Roslyn;
using Makemore.Tensors.Running;
using Makemore.Text;
using Makemore.Training;
using Xunit;

namespace Makemore.Files;

public sealed class RunFolderTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly SmallTraining training = new(new() { Steps = 20, Batch = 4, LearningRates = [0.2, 0.1] });

    [Fact]
    public void What_was_saved_is_read_back_whole()
    {
        var written = Save();
        var read = RunFolder.Open(folder["run"]);
        Assert.Equal(written.Config with { Training = read.Config.Training }, read.Config);
        Assert.Equal(written.Config.Training!.LearningRates, read.Config.Training!.LearningRates);
        Assert.Equal(written.Config.Training with { LearningRates = [] }, read.Config.Training with { LearningRates = [] });

        using var storage = new Storage();
        var model = read.LoadNetwork(storage);
        Assert.Equal(training.Weights, model.Parameters.SelectMany(parameter => storage.Read(parameter)));
    }

    [Fact]
    public void Counts_that_were_saved_are_read_back_whole()
    {
        var data = SmallTraining.Data;
        var settings = new ModelSettings { Model = "ngram", Order = 4 };
        using var model = data.Counted(settings);
        new RunFolder(folder["run"], Config(null) with { Model = settings, Training = null }).Save(model);
        using var storage = new Storage();
        using var read = Assert.IsType<NGram>(RunFolder.Open(folder["run"]).Load(storage, RoslynCompiler.Backend));
        Assert.Equal(model.Counts.Grams, read.Counts.Grams);
        Assert.Equal(model.Counts.Counts, read.Counts.Counts);
        Assert.Equal(model.MeanLoss(data.Examples, data.Dev), read.MeanLoss(data.Examples, data.Dev));
    }

    [Fact]
    public void Losses_that_are_not_finite_are_read_back()
    {
        Save(new Losses(double.NaN, double.PositiveInfinity));
        Assert.Equal(new Losses(double.NaN, double.PositiveInfinity), RunFolder.Open(folder["run"]).Config.Losses);
    }

    [Fact]
    public void Run_that_was_saved_before_there_were_optimizers_and_splits_is_read()
    {
        Save();
        File.WriteAllText(folder["run/config.json"], """
            {
              "model": { "model": "mlp", "block": 3, "embed": 4, "hidden": 16 },
              "training": { "steps": 20, "batch": 4, "learning_rates": [0.2, 0.1], "seed": 5, "evaluations": 10 },
              "alphabet": "ABC", "data": "lines", "steps": 20, "losses": { "train": 2.5, "dev": 2.6 }
            }
            """.Replace("ABC", SmallTraining.Data.Vocabulary.Alphabet));
        var read = RunFolder.Open(folder["run"]);
        Assert.Equal((new OptimizerSettings(), Text.SplitKind.Lecture), (read.Config.Training!.Optimizer, read.Config.Split));
        using var storage = new Storage();
        using var predictor = read.Load(storage, RoslynCompiler.Backend);
        Assert.Equal(3, predictor.Block);
    }

    [Fact]
    public void Nothing_is_written_before_it_is_saved()
    {
        _ = new RunFolder(folder["run"], Config(null));
        Assert.Empty(folder.Entries);
    }

    [Fact]
    public void Parent_folders_are_made()
    {
        new RunFolder(folder["a/b/c"], Config(null)).WriteLines("lines.txt", ["one", "two"]);
        Assert.Equal("one\ntwo\n", File.ReadAllText(folder["a/b/c/lines.txt"]));
    }

    [Fact]
    public void Folder_that_cannot_be_made_is_told()
    {
        File.WriteAllText(folder["file"], "");
        var run = new RunFolder(folder["file"], Config(null));
        Assert.StartsWith("cannot write to ", Assert.Throws<MakemoreException>(() => run.WriteLines("lines.txt", [])).Message);
    }

    [Fact]
    public void Configuration_with_any_byte_changed_is_read_or_refused()
    {
        Save();
        var file = folder["run/config.json"];
        var whole = File.ReadAllBytes(file);
        for (var i = 0; i < whole.Length; i++)
        {
            byte[] changed = [.. whole];
            changed[i] ^= 1;
            File.WriteAllBytes(file, changed);
            var error = Record.Exception(() => RunFolder.Open(folder["run"]));
            Assert.True(error is null or MakemoreException, $"{error}");
        }
    }

    public void Dispose()
    {
        training.Dispose();
        folder.Dispose();
    }

    RunFolder Save(Losses? losses = null)
    {
        training.Trainer.Run();
        var run = new RunFolder(folder["run"], Config(losses ?? new Losses(2.5, 2.6)));
        run.Save(training.Model, training.Trainer.Storage);
        return run;
    }

    [Fact]
    public void What_was_learned_from_is_read_again_only_if_it_is_the_same()
    {
        var file = folder["names.txt"];
        File.WriteAllLines(file, ["emma", "olivia"]);
        var config = Config(null) with { Data = file, DataFingerprint = Corpus.Load(file).Fingerprint };
        Assert.Equal(["emma", "olivia"], config.LoadCorpus().Lines);
        File.WriteAllLines(file, ["emma", "oliver"]);
        Assert.Equal($"'{file}' has changed since it was learned from; put it back, or train again", Assert.Throws<MakemoreException>(config.LoadCorpus).Message);
        Assert.Equal(2, (config with { DataFingerprint = null }).LoadCorpus().Lines.Count);
        File.Delete(file);
        Assert.Equal($"what was learned from, '{file}', is not there any more; put it back, or train again", Assert.Throws<MakemoreException>(config.LoadCorpus).Message);
        Assert.EndsWith("was a stream, which cannot be read again", Assert.Throws<MakemoreException>((config with { Data = "/dev/stdin" }).LoadCorpus).Message);
    }

    RunConfig Config(Losses? losses) => new()
    {
        Model = SmallTraining.ModelSettings,
        Training = training.Options,
        Alphabet = SmallTraining.Data.Vocabulary.Alphabet,
        Data = "lines",
        Steps = 20,
        Losses = losses,
    };
}
