using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Makemore.Cli;

/// <summary>The standard output for results that may be long: buffered, and a reader that went away is noticed.</summary>
static class StandardOutput
{
    const int Descriptor = 1;
    const int BrokenPipeError = 32;

    /// <summary>Opens the standard output. What was written is out after it was disposed.</summary>
    /// <param name="interactive">Whether every line is to be seen at once.</param>
    public static StreamWriter Open(bool interactive) => new(Stream(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
    {
        AutoFlush = interactive,
        NewLine = "\n",
    };

    /// <summary>Whether the reader of a pipe went away.</summary>
    public static bool IsBrokenPipe(IOException exception) => exception.HResult == BrokenPipeError;

    // The console's stream ignores broken pipes, and a file stream moves no file position that later processes share.
    static Stream Stream()
    {
        if (OperatingSystem.IsWindows())
            return Console.OpenStandardOutput();
        var stream = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }
}
