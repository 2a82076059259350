using System.Diagnostics;
using System.Reflection;
using Xunit;

namespace Makemore.Testing;

/// <summary>
/// Runs tests of this assembly again in a child process with other environment variables, for what is settled when a process starts:
/// <c>DOTNET_EnableAVX512F=0</c>, <c>DOTNET_EnableAVX2=0</c>, <c>DOTNET_EnableHWIntrinsic=0</c>. After ImageSharp's tests.
/// </summary>
static class ChildProcess
{
    const string Marker = "MAKEMORE_TEST_CHILD";

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Whether this process was started by <see cref="Run"/>.</summary>
    public static bool IsChild => Environment.GetEnvironmentVariable(Marker) is not null;

    /// <summary>Runs every test of some classes, and fails with the child's output unless there were tests and all passed.</summary>
    /// <param name="environment">Variables, each <c>NAME=value</c>, that the child sees besides those of this process.</param>
    /// <param name="classes">The test classes; none may start a child itself.</param>
    public static async Task Run(string[] environment, params Type[] classes)
    {
        Assert.False(IsChild, "A child was told to start children: leave the class that starts them out of its list.");
        using var child = new Process { StartInfo = Command(environment, classes) };
        child.Start();
        var output = child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await child.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            child.Kill(entireProcessTree: true);
            throw;
        }

        // The platform's own exit code for "no test ran" is not 0 either, and a class that is misnamed ends there.
        Assert.True(
            child.ExitCode == 0,
            $"With {string.Join(' ', environment)} the tests ended with exit code {child.ExitCode}:\n{await output}\n{await error}");
    }

    static ProcessStartInfo Command(string[] environment, Type[] classes)
    {
        // A test assembly is a program: this process is either that program itself or a `dotnet` that was given the assembly.
        var program = Environment.ProcessPath ?? "dotnet";
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        if (string.Equals(Path.GetFileNameWithoutExtension(program), "dotnet", StringComparison.OrdinalIgnoreCase))
            start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        start.ArgumentList.Add("--minimum-expected-tests");
        start.ArgumentList.Add("1");
        start.ArgumentList.Add("--filter-class");
        foreach (var type in classes)
            start.ArgumentList.Add(type.FullName!);
        foreach (var variable in environment)
        {
            var parts = variable.Split('=', 2);
            start.Environment[parts[0]] = parts[1];
        }

        start.Environment[Marker] = "1";
        return start;
    }
}
