using Makemore.Cli;

return Application.Run(args, Terminal.OfProcess());
