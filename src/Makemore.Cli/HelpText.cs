using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Makemore.Cli;

/// <summary>Help that ends with examples.</summary>
static class HelpText
{
    /// <summary>The option <c>--help</c> of a command.</summary>
    /// <param name="ending">What stands below the generated text.</param>
    public static HelpOption Option(string ending)
    {
        var option = new HelpOption("--help", "-h", "-?");
        option.Action = new Action((HelpAction)option.Action!, ending);
        return option;
    }

    sealed class Action(HelpAction generated, string ending) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            generated.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output.WriteLine(ending);
            return ExitCode.Done;
        }
    }
}
