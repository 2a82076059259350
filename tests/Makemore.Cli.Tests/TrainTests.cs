using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Makemore.Cli;

public partial class TrainTests(TrainedRun trained)
{
    static readonly string[] RunFiles = ["config.json", "metrics.jsonl", "model.safetensors", "samples.txt"];

    [Fact]
    public void Training_on_the_built_in_names_ends_well()
    {
        Assert.Equal("", trained.Training.Error);
        Assert.Equal(0, trained.Training.ExitCode);
        Assert.Equal(["runs", "runs/names-mlp", .. RunFiles.Select(file => $"runs/names-mlp/{file}")], trained.Folder.Entries);
    }

    [Fact]
    public void Output_has_a_heading_a_line_an_evaluation_and_no_escape_codes()
    {
        var lines = trained.Training.OutputLines;
        Assert.Equal("mlp (11,897 parameters) learns names: 32,178 lines of 26 characters; 400 steps of 32 examples, lr 0.1, seed 2147483647", lines[0]);
        Assert.All(lines[1..11], line => Assert.Matches(Evaluation(), line));
        Assert.DoesNotContain('\e', trained.Training.Output);
    }

    [Fact]
    public void Losses_fall_below_guessing()
    {
        var lines = trained.Training.OutputLines;
        Assert.Contains("guessing: all 27 characters alike     3.2958       27.00", lines);
        Assert.Contains("a table of bigram counts, on dev      2.4605       11.71", lines);
        Assert.InRange(double.Parse(lines.Single(line => line.StartsWith("mlp, on dev", StringComparison.Ordinal))[36..43]), 2.3, 2.7);
    }

    [Fact]
    public void Samples_are_shown_and_saved_and_known_names_are_marked()
    {
        var known = Text.BuiltInDataset.Load("names").Lines.ToHashSet();
        var samples = File.ReadAllLines(Path.Combine(trained.Path, "samples.txt"));
        Assert.Equal(20, samples.Length);
        var lines = trained.Training.OutputLines;
        foreach (var sample in samples)
            Assert.Contains(lines, line => known.Contains(sample) ? line.StartsWith($"{sample} ") && line.EndsWith("   (in the data)") : line == sample);
        Assert.Equal("saved in runs/names-mlp; more like these: makemore sample runs/names-mlp", lines[^1]);
    }

    [Fact]
    public void One_is_told_in_the_singular()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.txt"], string.Join('\n', Enumerable.Range(1, 10).Select(length => new string('a', length))));
        var training = MakemoreProcess.Run(folder.Path, "train", "a.txt", "--steps", "1", "--batch", "1", "--lr", "0.1");
        Assert.EndsWith(" learns a.txt: 10 lines of 1 character; 1 step of 1 example, lr 0.1, seed 2147483647", training.OutputLines[0]);
        Assert.Contains("of the 1 line of dev, 0 (0.0 %) stand in train too", training.OutputLines);
    }

    [Fact]
    public void Metrics_are_a_json_line_an_evaluation()
    {
        var steps = File.ReadLines(Path.Combine(trained.Path, "metrics.jsonl")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("step").GetInt32());
        Assert.Equal(Enumerable.Range(1, 10).Select(i => 40 * i), steps);
    }

    [Fact]
    public void Same_seed_gives_the_same_bytes_beside_the_first()
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < 2; i++)
            Assert.Equal(0, MakemoreProcess.Run(folder.Path, "train", "--steps", "100", "--seed", "7").ExitCode);
        Assert.Equal(File.ReadAllBytes(folder["runs/names-mlp/model.safetensors"]), File.ReadAllBytes(folder["runs/names-mlp-2/model.safetensors"]));
    }

    [Theory]
    [InlineData("Ελένη Γιώργος Μαρία Νίκος Κατερίνα Δημήτρης Σοφία Γιάννης Άννα Πέτρος", "greek.txt")]
    [InlineData("😀😃😄 😀😁 🎉🎊 👩‍🚀🚀 🐱🐶🐭 🍎🍏 🌍🌎🌏 ❤️🧡💛 🎵🎶 ☀️🌙⭐", "emoji.txt")]
    public void Any_alphabet_will_do(string words, string file)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[file], words.Replace(' ', '\n'));
        var training = MakemoreProcess.Run(folder.Path, "train", file, "--steps", "300", "--lr", "0.1,0.05", "--hidden", "32", "--out", "a/b");
        Assert.Equal((0, ""), (training.ExitCode, training.Error));
        Assert.Equal([file, "a", "a/b", .. RunFiles.Select(name => $"a/b/{name}")], folder.Entries.OrderBy(name => name != file).ThenBy(name => name, StringComparer.Ordinal));
        var sample = MakemoreProcess.Run(folder.Path, "sample", "a/b", "-n", "5");
        Assert.Equal((0, ""), (sample.ExitCode, sample.Error));
        Assert.Subset(words.EnumerateRunes().ToHashSet(), sample.Output.Replace("\n", "", StringComparison.Ordinal).EnumerateRunes().ToHashSet());
    }

    [Fact]
    public void Folder_that_is_empty_is_taken()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["out"]);
        Assert.Equal(0, MakemoreProcess.Run(folder.Path, "train", "--steps", "10", "--lr", "0.1", "--out", "out").ExitCode);
        Assert.Equal(["out", .. RunFiles.Select(file => $"out/{file}")], folder.Entries);
    }

    [Fact]
    public void Adam_and_its_schedule_are_told_and_saved()
    {
        using var folder = new TemporaryFolder();
        var training = MakemoreProcess.Run(folder.Path, "train", "--optimizer", "adamw", "--schedule", "cosine", "--warmup", "10", "--clip", "1", "--steps", "200", "--keep-last", "--out", "run");
        Assert.Equal((0, ""), (training.ExitCode, training.Error));
        Assert.EndsWith("200 steps of 32 examples, AdamW, lr 0.002, 0.0002, seed 2147483647", training.OutputLines[0]);
        var saved = JsonDocument.Parse(File.ReadAllText(folder["run/config.json"])).RootElement.GetProperty("training");
        Assert.Equal(("Cosine", "AdamW", 1.0), (saved.GetProperty("schedule").GetString(), saved.GetProperty("optimizer").GetProperty("kind").GetString(), saved.GetProperty("optimizer").GetProperty("clip").GetDouble()));
        Assert.Equal(0, MakemoreProcess.Run(folder.Path, "sample", "run").ExitCode);
    }

    [Fact]
    public void Early_end_and_the_step_that_was_kept_are_told()
    {
        // So few names are learned by heart at once.
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder["few.txt"], ["emma", "olivia", "ava", "mia", "amelia", "mila", "ella", "eva", "leo", "mateo", "levi", "liam"]);
        var training = MakemoreProcess.Run(folder.Path, "train", "few.txt", "--steps", "20000", "--evaluations", "100", "--patience", "2", "--out", "run");
        Assert.Equal(0, training.ExitCode);
        Assert.Contains(training.OutputLines, line => line.EndsWith(" of 20,000: the dev loss had not fallen for 2 evaluations", StringComparison.Ordinal));
        var kept = JsonDocument.Parse(File.ReadAllText(folder["run/config.json"])).RootElement.GetProperty("kept_step").GetInt32();
        Assert.Contains($"kept is the best by dev loss, from step {kept:N0}", training.OutputLines);
    }

    [Fact]
    public void Learning_rates_are_tried_and_nothing_is_saved()
    {
        using var folder = new TemporaryFolder();
        var search = MakemoreProcess.Run(folder.Path, "train", "--find-lr");
        Assert.Equal((0, ""), (search.ExitCode, search.Error));
        Assert.Equal(26, search.OutputLines.Length);
        Assert.StartsWith("begin with --lr 0.0", search.OutputLines[^1], StringComparison.Ordinal);
        Assert.Empty(folder.Entries);
    }

    [Fact]
    public void Divergence_is_located_and_the_last_good_state_is_kept()
    {
        using var folder = new TemporaryFolder();
        var training = MakemoreProcess.Run(folder.Path, "train", "--steps", "50", "--lr", "1e38");
        Assert.Equal(1, training.ExitCode);
        Assert.Equal(
            """
            makemore: diverged at step 2: the first number that is not finite (-Infinity) appeared in 'preact'; the state before that step was kept in runs/names-mlp; try a lower --lr
            preact[batch=0,hidden=0] is −∞:
              preact[batch,hidden] = Σ[block,embed] emb[batch,block,embed]·W1[block,embed,hidden] + b1[hidden]
                emb[batch,block,embed]  −7.27629e35..4.90931e35; there −6.0945e35..4.15396e35
                W1[block,embed,hidden]  −5.83728e35..4.81483e35; there −2.0495e35..1.71575e35
                b1[hidden]              −2.69724e35..3.65541e35; there −1.3567e35

            """,
            training.Error);
        Assert.Equal(0, MakemoreProcess.Run(folder.Path, "sample", "runs/names-mlp", "-n", "1", "--lecture").ExitCode);
    }

    [Fact]
    public void Checked_training_ends_well_or_tells_the_line_that_went_wrong()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal((0, ""), MakemoreProcess.Run(folder.Path, "train", "--steps", "50", "--check") is var good ? (good.ExitCode, good.Error) : default);
        var training = MakemoreProcess.Run(folder.Path, "train", "--steps", "50", "--lr", "1e38", "--check");
        Assert.Equal(1, training.ExitCode);
        Assert.StartsWith("makemore: diverged at step 2: the first number that is not finite (", training.Error);
        Assert.Contains("\n  preact[batch,hidden] = Σ[block,embed] emb[batch,block,embed]·W1[block,embed,hidden] + b1[hidden]\n    emb[batch,block,embed]  ", training.Error);
    }

    [Fact]
    public void One_step_takes_the_first_of_the_usual_rates()
    {
        using var folder = new TemporaryFolder();
        var training = MakemoreProcess.Run(folder.Path, "train", "--steps", "1");
        Assert.Equal((0, ""), (training.ExitCode, training.Error));
        Assert.Contains("1 step of 32 examples, lr 0.1, seed", training.Output);
    }

    [Fact]
    public void Training_that_ends_worse_than_guessing_has_failed()
    {
        using var folder = new TemporaryFolder();
        var training = MakemoreProcess.Run(folder.Path, "train", "--steps", "50", "--lr", "1000");
        Assert.Equal(1, training.ExitCode);
        Assert.Matches(@"^makemore: the training failed: its train loss is [\d,.]+, and guessing has 3\.30; what came out was kept in runs/names-mlp; try a lower --lr\n$", training.Error);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Terminal_sees_a_live_display_and_colours_only_if_it_wants(bool colourless)
    {
        if (!File.Exists("/usr/bin/script"))
            Assert.Skip("there is no 'script' to make a terminal with");
        using var folder = new TemporaryFolder();
        var setting = colourless ? "NO_COLOR=1 " : "";
        var training = MakemoreProcess.RunShell(folder.Path, $"{setting}script -qec \"$makemore train --steps 1000\" /dev/null", ("TERM", "xterm-256color"));
        Assert.Equal(0, training.ExitCode);
        Assert.Contains("━━━", training.Output);
        Assert.Contains("step 1,000 of 1,000", training.Output);
        Assert.Equal(colourless, !Colour().IsMatch(training.Output));
    }

    [GeneratedRegex(@"^step +\d+ of 400  train \d\.\d{4}  dev \d\.\d{4}  batch \d\.\d{4}  [\d,]+ steps/s  \d+:\d\d left$")]
    private static partial Regex Evaluation();

    [GeneratedRegex(@"\e\[[\d;]*3[\d;]*m")]
    private static partial Regex Colour();
}
