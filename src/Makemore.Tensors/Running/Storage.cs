using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends.Interpreter;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Loops;

namespace Makemore.Tensors.Running;

/// <summary>The elements of leaves. Routines that share a storage share their parameters: what one trains, another samples.</summary>
public sealed class Storage : IDisposable
{
    readonly Dictionary<Leaf, (NativeBuffer Buffer, Layout Layout)> buffers = [];

    /// <summary>Whether it was disposed: there is nothing in it any more, and nothing can be put into it.</summary>
    internal bool IsClosed { get; private set; }

    /// <summary>Copies the numbers of a parameter or an input, densely in the order of its shape; all 0 at first.</summary>
    /// <remarks>Where its outermost axis is bounded, the first rows, as many as there are places for.</remarks>
    /// <exception cref="ArgumentException">There are too many or too few places, or the leaf holds indices.</exception>
    public void Read(Leaf leaf, Span<float> numbers)
    {
        CheckNumbers(leaf, numbers.Length);
        var (buffer, layout) = Place(leaf);
        layout.Gather(buffer.As<float>(), numbers);
    }

    /// <summary>The numbers of a parameter or an input, densely in the order of its shape.</summary>
    /// <exception cref="ArgumentException">The leaf holds indices.</exception>
    public float[] Read(Leaf leaf)
    {
        var numbers = new float[leaf.Shape.Elements];
        Read(leaf, numbers);
        return numbers;
    }

    /// <summary>Sets the numbers of a parameter or an input.</summary>
    /// <remarks>Where its outermost axis is bounded, the first rows, as many as are given. Other bounded axes have places for as many elements as there may be.</remarks>
    /// <exception cref="ArgumentException">There are too many or too few, or the leaf holds indices.</exception>
    public void Write(Leaf leaf, params ReadOnlySpan<float> numbers)
    {
        CheckNumbers(leaf, numbers.Length);
        var (buffer, layout) = Place(leaf);
        layout.Scatter(numbers, buffer.As<float>());
    }

    /// <summary>The indices of an input, densely in the order of its shape; all 0 at first.</summary>
    public ReadOnlySpan<int> Indices(IndexInput input) => BufferOf(input).As<int>();

    /// <summary>Sets the indices of an input.</summary>
    /// <remarks>Where its outermost axis is bounded, the first rows, as many as are given. Other bounded axes have places for as many elements as there may be.</remarks>
    /// <exception cref="ArgumentException">There are too many or too few.</exception>
    /// <exception cref="ArgumentOutOfRangeException">One lies outside the axis it points into; nothing is set.</exception>
    public void Write(IndexInput input, ReadOnlySpan<int> indices)
    {
        CheckCount(input, indices.Length);
        if (indices.IndexOfAnyExceptInRange(0, input.Into.Length - 1) is >= 0 and var at)
            throw new ArgumentOutOfRangeException(nameof(indices), $"index {indices[at]} at position {at} of '{input.Name}' lies outside the axis {input.Into}");
        indices.CopyTo(BufferOf(input).As<int>());
    }

    /// <summary>Sets parameters to the values they begin with, in the given order.</summary>
    /// <param name="parameters">What to set.</param>
    /// <param name="random">Where random numbers come from.</param>
    public void Initialize(IEnumerable<Parameter> parameters, IRandomSource random)
    {
        foreach (var parameter in parameters)
        {
            var numbers = new float[parameter.Shape.Elements];
            parameter.Initializer(numbers, parameter.Shape, random);
            Write(parameter, numbers);
        }
    }

    /// <summary>Forgets leaves and gives their memory back. No routine that uses them may run again.</summary>
    /// <param name="leaves">Leaves; those of which nothing is stored are passed over.</param>
    public void Remove(IEnumerable<Leaf> leaves)
    {
        foreach (var leaf in leaves)
        {
            if (buffers.Remove(leaf, out var place))
                place.Buffer.Dispose();
        }
    }

    /// <summary>Sets the leaves of an interpreter to what they are here.</summary>
    public void CopyTo(Interpreter interpreter)
    {
        foreach (var leaf in interpreter.Program.Leaves.Select(value => value.Leaf!))
        {
            if (leaf is IndexInput indices)
                Array.ConvertAll(Indices(indices).ToArray(), index => (double)index).CopyTo(interpreter[leaf], 0);
            else
                Array.ConvertAll(Read(leaf), number => (double)number).CopyTo(interpreter[leaf], 0);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        IsClosed = true;
        Remove([.. buffers.Keys]);
    }

    static void CheckNumbers(Leaf leaf, int length)
    {
        if (leaf.Into is not null)
            throw new ArgumentException($"'{leaf.Name}' holds indices, not numbers");
        CheckCount(leaf, length);
    }

    static void CheckCount(Leaf leaf, int length)
    {
        var elements = leaf.Shape.Elements;
        if (leaf.Shape is [{ IsBounded: true } rows, ..])
        {
            var row = elements / rows.Length;
            if (length > elements || length % row != 0)
                throw new ArgumentException($"'{leaf.Name}' has up to {rows.Length} times {row} elements, not {length}");
        }
        else if (length != elements)
        {
            throw new ArgumentException($"'{leaf.Name}' has {elements} elements, not {length}");
        }
    }

    internal NativeBuffer BufferOf(Leaf leaf) => Place(leaf).Buffer;

    (NativeBuffer Buffer, Layout Layout) Place(Leaf leaf)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        if (!buffers.TryGetValue(leaf, out var place))
        {
            var layout = Layout.OfLeaf(leaf.Shape, leaf.Type);
            buffers[leaf] = place = (new NativeBuffer(checked(layout.Elements * sizeof(float))), layout);
        }

        return place;
    }
}
