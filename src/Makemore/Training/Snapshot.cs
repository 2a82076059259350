using Makemore.Tensors.Expressions;
using Makemore.Tensors.Running;

namespace Makemore.Training;

/// <summary>A training's state at some step, kept to go back to.</summary>
sealed class Snapshot(IReadOnlyList<Parameter> parameters, Storage storage, TorchRandom random)
{
    readonly float[][] values = [.. parameters.Select(parameter => new float[parameter.Shape.Elements])];
    TorchRandomState? state;

    /// <summary>The step, as many as were done.</summary>
    public int Step { get; private set; }

    /// <summary>Keeps the state as it is now.</summary>
    public void Take(int step)
    {
        for (var i = 0; i < values.Length; i++)
            storage.Read(parameters[i], values[i]);
        state = random.State;
        Step = step;
    }

    /// <summary>Goes back to what was kept.</summary>
    public void Restore()
    {
        for (var i = 0; i < values.Length; i++)
            storage.Write(parameters[i], values[i]);
        random.State = state!;
    }
}
