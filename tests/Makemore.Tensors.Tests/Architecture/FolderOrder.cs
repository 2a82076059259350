using System.Text.RegularExpressions;

namespace Makemore.Tensors.Architecture;

/// <summary>The folders of a project in the order in which one may build on another, and the search for sources that do not keep to it.</summary>
/// <param name="Project">The project's name, which is also its root namespace.</param>
/// <param name="Folders">Folders as they stand in namespaces, the lowest first; the project's own root is below them all.</param>
sealed partial record FolderOrder(string Project, params string[] Folders)
{
    /// <summary>What is wrong with a source file, a sentence each.</summary>
    /// <param name="path">Its path from the project's folder, with slashes.</param>
    /// <param name="source">Its text.</param>
    public IEnumerable<string> Violations(string path, string source)
    {
        var folder = path.Contains('/', StringComparison.Ordinal) ? path[..path.LastIndexOf('/')].Replace('/', '.') : "";
        var name = folder.Length == 0 ? Project : $"{Project}.{folder}";
        var code = CommentsAndStrings().Replace(source, "\"\"");
        var declared = Declaration().Match(code).Groups[1].Value;
        if (declared.Length > 0 && declared != name)
            yield return $"{path}: the namespace is {declared}, but the folder says {name}";
        if (Place(folder) is not { } own)
        {
            yield return $"{path}: the folder '{folder}' has no place in the order {string.Join(", ", Folders)}";
            yield break;
        }

        foreach (var used in Used(code))
        {
            if (Place(used) > own)
                yield return $"{path}: uses {Project}.{used}, but '{folder}' comes before '{used}' in the order {string.Join(", ", Folders)}";
        }
    }

    // The root is -1; a folder inside one of the list, unless listed itself, belongs to that.
    int? Place(string folder)
    {
        for (var outer = folder; outer.Length > 0; outer = outer.Contains('.', StringComparison.Ordinal) ? outer[..outer.LastIndexOf('.')] : "")
        {
            if (Array.IndexOf(Folders, outer) is >= 0 and var place)
                return place;
        }

        return folder.Length == 0 ? -1 : null;
    }

    // Folders named in full, as in a using, or from the project's own namespace, as in Kernels.Product. A folder inside one of the list is not that one.
    IEnumerable<string> Used(string code) => Folders.Where(folder =>
    {
        var inside = Folders.Where(other => other.StartsWith($"{folder}.", StringComparison.Ordinal)).Select(other => $@"(?!{Regex.Escape(other[folder.Length..])}\b)");
        var outside = string.Concat(inside);
        return Regex.IsMatch(code, $@"\b{Regex.Escape($"{Project}.{folder}")}{outside}\s*[.;]") || Regex.IsMatch(code, $@"(?<![\w.]){Regex.Escape(folder)}{outside}\.[A-Z]");
    });

    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|"{3}.*?"{3}|"(?:\\.|[^"\\\n])*["]""", RegexOptions.Singleline)]
    private static partial Regex CommentsAndStrings();

    [GeneratedRegex(@"^namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
