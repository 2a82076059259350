using Makemore.Tensors.Loops;

namespace Makemore.Tensors.Backends.CSharp;

/// <content>What several threads run: a method for each phase.</content>
public sealed partial class CSharpWriter
{
    void WriteRunPhase()
    {
        var number = 1;
        var phases = loops.Phases.Select((phase, i) => (Number: i + 1, Phase: phase, Steps: phase.Steps.Select(step => (Step: step, Number: number++)).Where(step => step.Step.Step.IsIn(selection)).ToList()))
            .Where(phase => phase.Steps.Count > 0).ToList();
        text.Line("/// <summary>Runs a thread's part of a phase. The next one may begin when all threads have done theirs.</summary>");
        text.Line("/// <param name=\"phase\">Which phase, from 0.</param>");
        text.Line("/// <param name=\"memory\">The addresses of the scratch memory, of the leaves and of the outputs.</param>");
        text.Line("/// <param name=\"part\">Which thread, from 0.</param>");
        text.Line("/// <param name=\"parts\">How many threads.</param>");
        using (text.Block("public static void RunPhase(int phase, byte** memory, int part, int parts)"))
        using (text.Block("switch (phase)"))
        {
            foreach (var phase in phases)
            {
                text.Line($"case {phase.Number - 1}:");
                text.Line($"    Phase{phase.Number}(memory, part, parts);");
                text.Line("    break;");
            }

            text.Line("default:");
            text.Line("    break;");
        }

        foreach (var phase in phases)
        {
            text.Line();
            WritePhase(phase.Number, phase.Phase, phase.Steps);
        }
    }

    void WritePhase(int number, Phase phase, IReadOnlyList<(PhaseStep Step, int Number)> steps)
    {
        text.Line($"// {phase}");
        text.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (text.Block($"static void Phase{number}(byte** memory, int part, int parts)"))
        {
            WriteAddresses(steps.Select(step => step.Step.Step));
            var inside = names.Inner();
            var shares = new List<(Division Division, (string, string) Pieces)>();
            foreach (var division in steps.Select(step => step.Step.Division).Where(division => division.Cut != Cut.Nothing))
            {
                if (shares.Exists(share => share.Division.HasPiecesOf(division)))
                    continue;
                var label = Names.Legal(division.Label);
                var (first, behind) = (inside.Unique($"{label}_first"), inside.Unique($"{label}_behind"));
                shares.Add((division, (first, behind)));
                text.Line($"var ({first}, {behind}) = (Share.Begin({Pieces(division)}, part, parts), Share.Begin({Pieces(division)}, part + 1, parts));");
            }

            foreach (var (step, stepNumber) in steps)
            {
                text.Line();
                if (step.Division.Cut != Cut.Nothing)
                {
                    WriteStep(step.Step, stepNumber, new Part(step.Division, shares.First(share => share.Division.HasPiecesOf(step.Division)).Pieces, Turns(step.Division)));
                    continue;
                }

                using (text.Block($"if (part == {step.Group} % parts)"))
                    WriteStep(step.Step, stepNumber, Part.All);
            }
        }
    }

    string Turns(Division division) => names[new Count(division.Turns, division.Bounded)];

    // Where each run says how many turns there are, the last piece may be smaller than the others.
    string Pieces(Division division) =>
        division.Bounded is null || division.IsEven ? names[new Count(division.Pieces, division.Bounded)] : $"({Turns(division)} + {division.Size - 1}) / {division.Size}";
}
