namespace Makemore.Sampling;

/// <summary>A set of lines as a tree of their beginnings.</summary>
sealed class LineTrie
{
    /// <summary>The empty beginning.</summary>
    public const int Root = 0;

    /// <summary>A beginning that no line has.</summary>
    public const int Outside = -1;

    readonly Dictionary<(int Node, int Token), int> children = [];
    readonly HashSet<int> ends = [];

    /// <summary>Whether there are no lines.</summary>
    public bool IsEmpty => ends.Count == 0;

    /// <summary>Adds a line.</summary>
    public void Add(ReadOnlySpan<int> line)
    {
        var node = Root;
        foreach (var token in line)
        {
            if (!children.TryGetValue((node, token), out var child))
                children[(node, token)] = child = children.Count + 1;
            node = child;
        }

        ends.Add(node);
    }

    /// <summary>The beginning that is one token longer, or <see cref="Outside"/>.</summary>
    public int Next(int node, int token) => node != Outside && children.TryGetValue((node, token), out var child) ? child : Outside;

    /// <summary>Whether a beginning is a whole line.</summary>
    public bool IsLine(int node) => ends.Contains(node);
}
