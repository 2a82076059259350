using System.Diagnostics;
using System.Reflection;

namespace Makemore.Tensors.Axes;

/// <summary>Where the code stands that called into this library: <c>Mlp.cs:31</c>. Operators cannot ask for their caller, so the stack is walked.</summary>
static class CallersLine
{
    /// <summary>The file and line; without symbols, the type and method.</summary>
    public static string Find()
    {
        var caller = new StackTrace(fNeedFileInfo: true).GetFrames().FirstOrDefault(frame => frame.GetMethod() is { } method && !IsBetween(method.Module.Assembly));
        return caller?.GetFileName() is { } file
            ? $"{Path.GetFileName(file)}:{caller.GetFileLineNumber()}"
            : $"{caller?.GetMethod()?.DeclaringType?.Name}.{caller?.GetMethod()?.Name}";
    }

    // This library, and the runtime's through which it calls itself.
    static bool IsBetween(Assembly assembly) => assembly == typeof(Axis).Assembly || assembly.GetName().Name!.StartsWith("System.", StringComparison.Ordinal);
}
