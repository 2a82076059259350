namespace Makemore.Tensors.Programs;

/// <summary>Names, none of which is given twice: <c>h</c>, <c>h2</c>, <c>h3</c>.</summary>
sealed class UniqueNames
{
    readonly HashSet<string> taken = [];

    /// <summary>A name as it is, where nobody else has it; else with a number.</summary>
    public string Of(string name)
    {
        var unique = name;
        for (var i = 2; !taken.Add(unique); i++)
            unique = $"{name}{i}";
        return unique;
    }
}
