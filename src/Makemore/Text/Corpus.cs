using System.Security.Cryptography;
using System.Text;

namespace Makemore.Text;

/// <summary>
/// A list of things to learn from, one a line: names, words, places, of any alphabet. Lines are trimmed, and those left empty are dropped.
/// </summary>
/// <remarks>
/// A character is a Unicode code point (<see cref="Rune"/>), never half of one. A <c>.</c> in a line is a character like any
/// other, although the end of a line is shown as <c>.</c> too: see <see cref="Vocabulary"/>.
/// </remarks>
public sealed class Corpus
{
    /// <summary>The most characters a line may have; more means that the file is not a list of things.</summary>
    public const int LongestAllowed = 10_000;

    /// <summary>The largest file, in bytes: more lines than can be learned from.</summary>
    public const int LargestFile = 1 << 28;

    Corpus(string source, IReadOnlyList<string> lines, int longestLine) => (Source, Lines, LongestLine) = (source, lines, longestLine);

    /// <summary>Where the lines came from, for messages: a path or the name of a data set.</summary>
    public string Source { get; }

    /// <summary>The full path of the file that the lines were read from; null where it was none.</summary>
    public string? File { get; private init; }

    /// <summary>The lines in order, at least two unless one was enough; each has a character, and no white space at its ends.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>What tells these lines from others: SHA-256 of all, each with its end.</summary>
    public string Fingerprint
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var line in Lines)
                hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }

    /// <summary>The length of the longest line, in characters.</summary>
    public int LongestLine { get; }

    /// <summary>Reads a file of UTF-8 text.</summary>
    /// <param name="path">The file.</param>
    /// <param name="allowSingle">Whether one line is enough, since it is not to be learned from.</param>
    /// <returns>Its lines.</returns>
    /// <exception cref="MakemoreException">
    /// The file cannot be read, or <see cref="Parse(ReadOnlySpan{byte}, string, bool)"/> refuses its content.
    /// </exception>
    public static Corpus Load(string path, bool allowSingle = false)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path))
            throw new MakemoreException($"'{path}' is a directory; give a text file with one thing a line");
        if (!System.IO.File.Exists(path))
            throw new MakemoreException($"there is no file '{path}'; give a text file with one thing a line");
        byte[] bytes;
        try
        {
            bytes = ReadAll(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MakemoreException($"'{path}' cannot be read: {error.Message}", error);
        }

        var corpus = Parse(bytes, path, allowSingle);
        return new(path, corpus.Lines, corpus.LongestLine) { File = Path.GetFullPath(path) };
    }

    // Not File.ReadAllBytes: what is no regular file may have no end.
    static byte[] ReadAll(string path)
    {
        using var file = System.IO.File.OpenRead(path);
        using var bytes = new MemoryStream();
        var some = new byte[1 << 16];
        for (int count; (count = file.Read(some)) > 0; bytes.Write(some, 0, count))
        {
            if (bytes.Length + count > LargestFile)
                throw new MakemoreException($"'{path}' has more than {LargestFile:N0} bytes; give a smaller file");
        }

        return bytes.ToArray();
    }

    /// <summary>
    /// Takes lines from UTF-8 text; a byte order mark is dropped, and lines may end in <c>\n</c>, <c>\r\n</c> or <c>\r</c>.
    /// </summary>
    /// <param name="utf8">The text.</param>
    /// <param name="source">Where it came from, for messages.</param>
    /// <param name="allowSingle">Whether one line is enough.</param>
    /// <returns>Its lines.</returns>
    /// <exception cref="MakemoreException">
    /// The text is not UTF-8, has fewer than two lines that are not blank, or a line of more than 10,000 characters.
    /// </exception>
    public static Corpus Parse(ReadOnlySpan<byte> utf8, string source, bool allowSingle = false)
    {
        if (!System.Text.Unicode.Utf8.IsValid(utf8))
            throw NotUtf8(utf8, source);
        return Parse(Encoding.UTF8.GetString(utf8), source, allowSingle);
    }

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte}, string, bool)"/>
    /// <param name="text">The text.</param>
    /// <param name="source">Where it came from, for messages.</param>
    /// <param name="allowSingle">Whether one line is enough.</param>
    public static Corpus Parse(string text, string source, bool allowSingle = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith('\uFEFF'))
            text = text[1..];
        if (text.Length == 0)
            throw new MakemoreException($"'{source}' is empty; {Needed(allowSingle)}");
        return FromLines(LinesOf(text), source, allowSingle);
    }

    /// <summary>Takes lines from a list, as if they were read from a file.</summary>
    /// <param name="lines">The lines; none may hold a line break except at its ends.</param>
    /// <param name="source">Where they came from, for messages.</param>
    /// <param name="allowSingle">Whether one line is enough.</param>
    /// <returns>The lines, trimmed, without blank ones.</returns>
    /// <exception cref="MakemoreException">
    /// Fewer than two lines are not blank, or one is longer than 10,000 characters, holds a line break, or is not valid Unicode.
    /// </exception>
    public static Corpus FromLines(IEnumerable<string> lines, string source = "lines", bool allowSingle = false)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(source);
        var kept = new List<string>();
        var (number, longest) = (0, 0);
        foreach (var raw in lines)
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0)
                continue;
            longest = Math.Max(longest, CheckedLength(line, source, number));
            kept.Add(line);
        }

        return kept.Count switch
        {
            0 => throw new MakemoreException($"'{source}' has only blank lines; {Needed(allowSingle)}"),
            1 when !allowSingle => throw new MakemoreException($"'{source}' has only one line that is not blank; {Needed(allowSingle)}"),
            _ => new(source, kept, longest),
        };
    }

    // As many as can be divided into lines to learn from and others to judge by.
    static string Needed(bool allowSingle) => allowSingle ? "give at least one line of text" : $"give at least {Split.FewestLines} lines of text, one thing a line";

    static IEnumerable<string> LinesOf(string text)
    {
        using var reader = new StringReader(text);
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    static int CheckedLength(string line, string source, int number)
    {
        if (line.AsSpan().IndexOfAny('\r', '\n') >= 0)
            throw new MakemoreException($"line {number} of '{source}' holds a line break; give one thing a line");
        var length = 0;
        for (var i = 0; i < line.Length; length++)
        {
            if (!Rune.TryGetRuneAt(line, i, out var rune))
                throw new MakemoreException($"line {number} of '{source}' holds half a surrogate pair at {i}; give valid Unicode text");
            i += rune.Utf16SequenceLength;
        }

        return length <= LongestAllowed
            ? length
            : throw new MakemoreException(
                $"line {number} of '{source}' has {length:N0} characters, and {LongestAllowed:N0} are allowed; give one thing a line");
    }

    static MakemoreException NotUtf8(ReadOnlySpan<byte> bytes, string source)
    {
        var offset = 0;
        while (Rune.DecodeFromUtf8(bytes[offset..], out _, out var length) == System.Buffers.OperationStatus.Done)
            offset += length;
        var guess = bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] ? " (it looks like UTF-16)" : "";
        return new($"'{source}' is not UTF-8 text: bad byte 0x{bytes[offset]:X2} at offset {offset:N0}{guess}; save it as UTF-8");
    }
}
