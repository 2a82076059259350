using Makemore.Cli.Display;
using Makemore.Files;
using Makemore.Models;
using Makemore.Training;

namespace Makemore.Cli.Commands;

/// <summary>What <c>makemore train</c> does with a model of counts: one pass over the data.</summary>
static class CountingRun
{
    /// <summary>Learns, saves and tells.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    /// <exception cref="MakemoreException">The file or an option makes no sense; nothing was written.</exception>
    public static int Run(LearningRequest request, Terminal terminal)
    {
        var run = new LearningRun(request, terminal);
        var (data, settings) = (run.Data, request.Settings);
        using var model = data.Counted(settings);
        terminal.Output.WriteLine(
            $"{settings.Model} learns {TrainingHeading.Of(data)}; "
            + $"{model.Counts.Counts.Count:N0} different sequences of {model.Counts.Order} were counted");
        var folder = run.Save(folder => folder.Save(model), RunConfig.Of(settings, data, data.LossesOf(model)));
        run.Tell(model, folder);
        return ExitCode.Done;
    }
}
