using System.CommandLine;
using Makemore.Training;

namespace Makemore.Cli.Commands;

/// <summary>How a model is trained, as options of a command: steps, learning rate, optimizer, when to end.</summary>
sealed class TrainingSwitches
{
    static readonly TrainingOptions Initial = new();

    readonly Option<int> steps = NumberOption.Whole("--steps", "Steps of gradient descent.", Initial.Steps);
    readonly Option<int> batch = NumberOption.Whole("--batch", "Examples a step.", Initial.Batch);
    readonly Option<string?> rates = new("--lr")
    {
        Description = $"Learning rates with commas between, through which the schedule goes. [default: {string.Join(',', Initial.LearningRates)}; adam and adamw: {string.Join(',', AdamRates)}]",
        HelpName = "numbers",
    };

    readonly Option<string> schedule = NameOption.Of(
        "--schedule", "step: each rate for an equal share of the steps; constant: the first; linear, cosine: from the first to the second, or to 0.", Initial.Schedule);

    readonly Option<int> warmup = NumberOption.Whole("--warmup", "Steps over which the learning rate grows at the beginning.", Initial.Warmup);
    readonly Option<string> optimizer = NameOption.Of("--optimizer", "How parameters move; all as in PyTorch.", Initial.Optimizer.Kind);
    readonly Option<double> momentum = NumberOption.Real("--momentum", "sgd: the share of the last move that goes on.", Initial.Optimizer.Momentum);
    readonly Option<bool> nesterov = new("--nesterov") { Description = "sgd: look ahead along the momentum." };
    readonly Option<double> beta1 = NumberOption.Real("--beta1", "adam, adamw: how much of the mean gradient is kept each step.", Initial.Optimizer.Beta1);
    readonly Option<double> beta2 = NumberOption.Real("--beta2", "adam, adamw: how much of the mean square is kept each step.", Initial.Optimizer.Beta2);
    readonly Option<double?> weightDecay = NumberOption.Perhaps("--weight-decay", "How strongly parameters are drawn to 0. [default: 0; adamw: 0.01]", 0.01);
    readonly Option<double> clip = NumberOption.Real("--clip", "Shorten the gradients to this norm; 0 for never.", Initial.Optimizer.Clip);
    readonly Option<int> patience = NumberOption.Whole("--patience", "End after so many evaluations without a lower dev loss; 0 for never.", Initial.Patience);
    readonly Option<int> evaluations = NumberOption.Whole("--evaluations", "How often the losses are measured.", Initial.Evaluations);
    readonly Option<bool> keepLast = new("--keep-last") { Description = "Keep the last parameters, as the lectures do, and not those of the evaluation with the lowest dev loss." };
    readonly Option<bool> calibrate = new("--calibrate") { Description = "At the end, measure the statistics of batch normalisation over the whole train part, and use those." };
    readonly Option<long> seed = NumberOption.Seed("The seed of parameters and batches. The same seed gives the same result.", Initial.Seed);

    /// <summary>Every option.</summary>
    public IEnumerable<Option> All =>
        [steps, batch, rates, schedule, warmup, optimizer, momentum, nesterov, beta1, beta2, weightDecay, clip, evaluations, patience, keepLast, calibrate, seed];

    /// <summary>The options that say nothing where learning rates are tried out and nothing is kept.</summary>
    public IEnumerable<Option> NotOfRateSearch => [steps, rates, schedule, warmup, evaluations, patience, keepLast, calibrate];

    static IReadOnlyList<double> AdamRates => [0.002, 0.0002];

    /// <summary>How a model is trained unless told otherwise, as it would be given; what is so for all models is left out.</summary>
    public static string Usual(string model)
    {
        var (usual, names) = (DefaultTraining.Of(model), new TrainingSwitches());
        var text = new List<string>
        {
            $"{names.steps.Name} {NumberOption.Text(usual.Steps)}",
            $"{names.batch.Name} {NumberOption.Text(usual.Batch)}",
            $"{names.rates.Name} {string.Join(',', usual.LearningRates.Select(NumberOption.Text))}",
            $"{names.schedule.Name} {NameOption.Name(usual.Schedule)}",
            $"{names.optimizer.Name} {NameOption.Name(usual.Optimizer.Kind)}",
        };
        if (usual.Optimizer.WeightDecay is { } decay)
            text.Add($"{names.weightDecay.Name} {NumberOption.Text(decay)}");
        return string.Join(' ', text);
    }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in All)
            command.Options.Add(option);
    }

    /// <summary>What was asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="model">The model, whose training it is where nothing else was asked for.</param>
    /// <exception cref="MakemoreException">An option makes no sense.</exception>
    public TrainingOptions Read(ParseResult parsed, string model)
    {
        var usual = DefaultTraining.Of(model);
        var kind = Given.Is(parsed, optimizer) ? NameOption.Read<OptimizerKind>(parsed, optimizer) : usual.Optimizer.Kind;
        foreach (var option in kind == OptimizerKind.Sgd ? (Option[])[beta1, beta2] : [momentum, nesterov])
            UsageError.RefuseGiven(parsed, option, $"means nothing to the optimizer '{NameOption.Name(kind)}'");

        // The rates and the decay of one optimizer are of no use to another.
        if (kind != usual.Optimizer.Kind)
            usual = usual with { LearningRates = kind == OptimizerKind.Sgd ? Initial.LearningRates : AdamRates, Schedule = Initial.Schedule, Optimizer = new() { Kind = kind } };
        var scheduleKind = Given.Is(parsed, schedule) ? NameOption.Read<ScheduleKind>(parsed, schedule) : usual.Schedule;
        var count = Given.Or(parsed, steps, usual.Steps);
        var options = usual with
        {
            Steps = count,
            Batch = Given.Or(parsed, batch, usual.Batch),
            LearningRates = Rates(parsed, scheduleKind, [.. usual.LearningRates.Take(Math.Max(1, count))]),
            Schedule = scheduleKind,
            Warmup = Given.Or(parsed, warmup, usual.Warmup),
            Optimizer = usual.Optimizer with
            {
                Momentum = Given.Or(parsed, momentum, usual.Optimizer.Momentum),
                Nesterov = Given.Or(parsed, nesterov, usual.Optimizer.Nesterov),
                Beta1 = Given.Or(parsed, beta1, usual.Optimizer.Beta1),
                Beta2 = Given.Or(parsed, beta2, usual.Optimizer.Beta2),
                WeightDecay = parsed.GetValue(weightDecay) ?? usual.Optimizer.WeightDecay,
                Clip = Given.Or(parsed, clip, usual.Optimizer.Clip),
            },
            Seed = parsed.GetValue(seed),
            Evaluations = Given.Or(parsed, evaluations, usual.Evaluations),
            Patience = Given.Or(parsed, patience, usual.Patience),
            KeepLast = Given.Or(parsed, keepLast, usual.KeepLast),
            Calibrate = Given.Or(parsed, calibrate, usual.Calibrate),
        };
        options.Validate();
        return options;
    }

    // Runs that were saved before may have more rates than a constant schedule looks at, so it is not the options that refuse them.
    IReadOnlyList<double> Rates(ParseResult parsed, ScheduleKind scheduleKind, IReadOnlyList<double> usual)
    {
        if (parsed.GetValue(rates) is not { } text)
            return scheduleKind == ScheduleKind.Constant ? [usual[0]] : usual;
        var given = NumberOption.List("--lr", text);
        return scheduleKind == ScheduleKind.Constant && given.Length > 1
            ? throw new MakemoreException($"there are {given.Length} learning rates for a constant schedule; give one")
            : given;
    }
}
