using Makemore.Tensors.Formulas;
using Makemore.Tensors.Loops;
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

        public IReadOnlyList<Value> Bound => program.Bound;

        public int ScratchBytes => 0;

        public void Run(byte** memory)
        {
            for (var i = 0; i < Bound.Count; i++)
                CopyIn(Bound[i], memory[i + 1]);
            interpreter.Lengths.Set(new((int*)memory[Bound.Count + 1], program.BoundedAxes.Count));
            interpreter.Run();
            for (var i = 0; i < Bound.Count; i++)
                CopyOut(Bound[i], memory[i + 1]);
        }

        void CopyIn(Value value, byte* memory)
        {
            var elements = interpreter[value];
            if (value.Type == ElementType.Index)
            {
                for (var i = 0; i < elements.Length; i++)
                    elements[i] = ((int*)memory)[i];
                return;
            }

            var numbers = new float[elements.Length];
            var layout = LayoutOf(value);
            layout.Gather(new ReadOnlySpan<float>(memory, layout.Elements), numbers);
            for (var i = 0; i < elements.Length; i++)
                elements[i] = numbers[i];
        }

        void CopyOut(Value value, byte* memory)
        {
            if (value.Type == ElementType.Index)
                return;
            var layout = LayoutOf(value);
            layout.Scatter<float>(Array.ConvertAll(interpreter[value], number => (float)number), new Span<float>(memory, layout.Elements));
        }

        static Layout LayoutOf(Value value) => value.Leaf is null ? Layout.Dense(value.Shape) : Layout.OfLeaf(value.Shape, value.Type);
    }
}
