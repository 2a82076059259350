using Makemore.Tensors.Axes;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Loops;
using Makemore.Tensors.Programs;

namespace Makemore.Tensors.Backends.Checking;

/// <summary>
/// Runs programs on another backend so that every line's numbers can be seen, and ends a run with a <see cref="NotFiniteException"/>
/// where one of them is NaN or infinite. Slower, since nothing is fused away; sums may differ in their last bits from those of fused code.
/// </summary>
/// <remarks>What the run has updated is updated when the exception comes: the caller goes back to what it kept.</remarks>
/// <param name="inner">What compiles and runs.</param>
public sealed class CheckedBackend(IBackend inner) : IBackend
{
    /// <inheritdoc/>
    public string Name => $"{inner.Name}, checked";

    /// <inheritdoc/>
    public IExecutable Compile(Program program) => new Executable(program, inner.Compile(program.WithEveryValue()));

    sealed unsafe class Executable : IExecutable
    {
        readonly Program program;
        readonly IExecutable executable;
        readonly Dictionary<Value, Layout> layouts;
        readonly Dictionary<Value, int> places = [];
        readonly AxisLengths lengths;
        readonly Dictionary<Value, float[]> updated;

        public Executable(Program program, IExecutable executable)
        {
            (this.program, this.executable) = (program, executable);
            lengths = new AxisLengths(program.BoundedAxes);
            layouts = executable.Bound.ToDictionary(value => value, value => value.Leaf is null ? Layout.Dense(value.Shape) : Layout.OfLeaf(value.Shape, value.Type));

            // What only this backend asks to see lies behind the scratch memory of the code that runs.
            ScratchBytes = Aligned(executable.ScratchBytes);
            foreach (var value in executable.Bound.Except(Bound))
            {
                places[value] = ScratchBytes;
                ScratchBytes = checked(ScratchBytes + Aligned(value.Shape.Elements * sizeof(float)) + MemoryPlan.Alignment);
            }

            updated = program.Assignments.Select(assignment => assignment.Target).Where(target => target.Leaf is not null).Distinct()
                .ToDictionary(target => target, target => new float[layouts[target].Elements]);
        }

        public IReadOnlyList<Value> Bound => program.Bound;

        public int ScratchBytes { get; }

        public void Run(byte** memory)
        {
            foreach (var (value, before) in updated)
                Places(value, memory).CopyTo(before);
            var addresses = stackalloc byte*[executable.Bound.Count + 2];
            addresses[0] = memory[0];
            for (var i = 0; i < executable.Bound.Count; i++)
                addresses[i + 1] = Address(executable.Bound[i], memory);
            addresses[executable.Bound.Count + 1] = memory[Bound.Count + 1];
            lengths.Set(new((int*)memory[Bound.Count + 1], program.BoundedAxes.Count));
            executable.Run(addresses);
            for (var i = 0; i < program.Assignments.Count; i++)
                Check(program.Assignments[i], memory);
        }

        void Check(Assignment assignment, byte** memory)
        {
            // Anything may stand in the padding of rows, and beyond the lengths of bounded axes; only where something does is a closer look needed.
            if (assignment.Target.Type == ElementType.Index || AreFinite(Places(assignment.Target, memory)))
                return;
            var elements = Elements(assignment.Target, Places(assignment.Target, memory));
            if (FiniteCheck.IndexOfNotFinite(assignment, elements, lengths) is { } place)
                throw new NotFiniteException(Explain(assignment, place, elements[place], memory));
        }

        NotFinite Explain(Assignment assignment, int place, double number, byte** memory) =>
            FiniteCheck.Explain(assignment, place, number, lengths, value => Elements(value, updated.TryGetValue(value, out var before) ? before : Places(value, memory)));

        static bool AreFinite(ReadOnlySpan<float> numbers)
        {
            foreach (var number in numbers)
            {
                if (!float.IsFinite(number))
                    return false;
            }

            return true;
        }

        double[] Elements(Value value, ReadOnlySpan<float> places)
        {
            if (value.Type == ElementType.Index)
                return Array.ConvertAll(System.Runtime.InteropServices.MemoryMarshal.Cast<float, int>(places).ToArray(), index => (double)index);
            var numbers = new float[value.Shape.Elements];
            layouts[value].Gather(places, numbers);
            return Array.ConvertAll(numbers, number => (double)number);
        }

        Span<float> Places(Value value, byte** memory) => new(Address(value, memory), layouts[value].Elements);

        byte* Address(Value value, byte** memory)
        {
            if (places.TryGetValue(value, out var offset))
                return memory[0] + offset;
            for (var i = 0; i < Bound.Count; i++)
            {
                if (Bound[i] == value)
                    return memory[i + 1];
            }

            throw new InvalidOperationException($"'{value.Name}' has no place");
        }

        static int Aligned(int bytes) => checked(bytes + MemoryPlan.Alignment - 1) / MemoryPlan.Alignment * MemoryPlan.Alignment;
    }
}
