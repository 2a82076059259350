using System.CommandLine;
using Makemore.Tensors.Running;

namespace Makemore.Cli.Commands;

/// <summary>The option <c>--threads</c>, which may be left out.</summary>
static class ThreadsOption
{
    /// <summary>The option.</summary>
    public static Option<int?> Create(string description) => NumberOption.PerhapsWhole("--threads", description, 2);

    /// <summary>The number that was asked for, if any.</summary>
    /// <exception cref="MakemoreException">There cannot be that many.</exception>
    public static int? Read(ParseResult parsed, Option<int?> option) => parsed.GetValue(option) switch
    {
        (< 1 or > WorkerTeam.MostThreads) and var threads => throw new MakemoreException($"threads is {threads}; it must lie between 1 and {WorkerTeam.MostThreads}"),
        var threads => threads,
    };
}
