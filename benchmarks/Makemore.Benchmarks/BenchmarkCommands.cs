using System.CommandLine;
using Makemore.Benchmarks.Limit;
using Makemore.Benchmarks.VersusPyTorch;

namespace Makemore.Benchmarks;

/// <summary>The command line: a command for each benchmark.</summary>
static class BenchmarkCommands
{
    static readonly IBenchmark[] Benchmarks =
    [
        new ModelsVersusPyTorch(),
        .. ComparedModel.All.Select(model => new StepVersusPyTorch(model)),
        new LayerVersusPyTorch("attention", "causal self-attention of four heads", ComparedLayer.Attention, "makemore.py", "fast"),
        new LayerVersusPyTorch("layer-norm", "layer norm of 512 rows", ComparedLayer.LayerNorm, "layer_norm"),
        new MicroGptBenchmark(),
        new LimitBenchmark(),
        new AllocationBenchmark(),
        new MemoryBenchmark(),
        new StartBenchmark(),
        new ThreadsBenchmark(),
        new SamplingVersusPyTorch(),
        new LossesBenchmark(),
    ];

    /// <summary>The commands; without any, they are listed.</summary>
    public static RootCommand Create()
    {
        var markdown = new Option<FileInfo>("--markdown")
        {
            Description = "A file whose text between <!-- benchmark:NAME --> and <!-- /benchmark --> the result replaces.",
            HelpName = "file",
            Recursive = true,
        };
        markdown.AcceptExistingOnly();
        var root = new RootCommand("Measures Makemore: against PyTorch, and against the limit of the machine.") { markdown };
        foreach (var benchmark in Benchmarks)
        {
            Command parent = root;
            var words = benchmark.Name.Split(' ');
            foreach (var word in words[..^1])
                parent = Group(parent, word);
            var command = new Command(words[^1], benchmark.Summary);
            command.SetAction(parsed => Run(benchmark, parsed.GetValue(markdown)));
            parent.Add(command);
        }

        root.SetAction(parsed => List(parsed.InvocationConfiguration.Output));
        return root;
    }

    static Command Group(Command parent, string word)
    {
        if (parent.Subcommands.FirstOrDefault(command => command.Name == word) is { } known)
            return known;
        var group = new Command(word);
        parent.Add(group);
        return group;
    }

    static void List(TextWriter output)
    {
        output.WriteLine("dotnet run -c Release --project benchmarks/Makemore.Benchmarks -- NAME [--markdown FILE]");
        output.WriteLine();
        foreach (var benchmark in Benchmarks)
            output.WriteLine($"  {benchmark.Name,-24}{benchmark.Summary}");
    }

    static int Run(IBenchmark benchmark, FileInfo? markdown)
    {
        var result = benchmark.Run(Console.Out);
        var text = result.ToMarkdown();
        Console.WriteLine();
        Console.WriteLine(text);
        foreach (var failure in result.Failures)
            Console.Error.WriteLine($"FAILED: {failure}");
        if (markdown is not null && !MarkdownFile.TryReplace(markdown.FullName, benchmark.Name, text))
        {
            Console.Error.WriteLine($"'{markdown}' has no place <!-- benchmark:{benchmark.Name} --> … <!-- /benchmark -->");
            return 1;
        }

        return result.Failures.Count > 0 ? 1 : 0;
    }
}
