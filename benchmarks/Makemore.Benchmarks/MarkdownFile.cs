namespace Makemore.Benchmarks;

/// <summary>A document with places for results: what stands between <c>&lt;!-- benchmark:NAME --&gt;</c> and <c>&lt;!-- /benchmark --&gt;</c>.</summary>
static class MarkdownFile
{
    const string End = "<!-- /benchmark -->";

    /// <summary>Puts a result into its place.</summary>
    /// <param name="path">The document.</param>
    /// <param name="name">The benchmark's name.</param>
    /// <param name="markdown">The result.</param>
    /// <returns>Whether the document has such a place.</returns>
    public static bool TryReplace(string path, string name, string markdown)
    {
        var begin = $"<!-- benchmark:{name} -->";
        var text = File.ReadAllText(path);
        var from = text.IndexOf(begin, StringComparison.Ordinal);
        var to = from < 0 ? -1 : text.IndexOf(End, from, StringComparison.Ordinal);
        if (to < 0)
            return false;
        File.WriteAllText(path, $"{text[..(from + begin.Length)]}\n{markdown.Trim()}\n{text[to..]}");
        return true;
    }
}
