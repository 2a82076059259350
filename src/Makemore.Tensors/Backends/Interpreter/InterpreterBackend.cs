using Makemore.Tensors.Formulas;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Backends.Interpreter;

/// <summary>Runs programs in the <see cref="Interpreter"/>: slow, needs no compiler, and right by inspection.</summary>
public sealed class InterpreterBackend : IBackend
{
    /// <inheritdoc/>
    public string Name => "interpreter";

    /// <inheritdoc/>
    public IExecutable Compile(Program program) => new Executable(program);

    sealed unsafe class Executable(Program program) : IExecutable
    {
        readonly Interpreter interpreter = new(program);

        public IReadOnlyList<Value> Bound { get; } = [.. program.Leaves.Concat(program.Outputs).Distinct()];

        public int ScratchBytes => 0;

        public void Run(byte** memory)
        {
            for (var i = 0; i < Bound.Count; i++)
                CopyIn(Bound[i], memory[i + 1]);
            interpreter.Run();
            for (var i = 0; i < Bound.Count; i++)
                CopyOut(Bound[i], memory[i + 1]);
        }

        void CopyIn(Value value, byte* memory)
        {
            var elements = interpreter[value];
            for (var i = 0; i < elements.Length; i++)
                elements[i] = value.Type == ElementType.Index ? ((int*)memory)[i] : ((float*)memory)[i];
        }

        void CopyOut(Value value, byte* memory)
        {
            if (value.Type == ElementType.Index)
                return;
            var elements = interpreter[value];
            for (var i = 0; i < elements.Length; i++)
                ((float*)memory)[i] = (float)elements[i];
        }
    }
}
