using System.ComponentModel;
using System.Diagnostics;

namespace Slug.Content.Tests;

/// <summary>Other people's programs, as judges.</summary>
internal static class Program
{
    /// <summary>What it wrote; a test fails where the program does.</summary>
    internal static string Run(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C";
        start.Environment["TZ"] = "UTC";
        using var process = Start(start);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, () => $"{name} {string.Join(' ', arguments)}: {errors.GetAwaiter().GetResult()}");
        return output;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new AssertionException($"these tests need the program '{start.FileName}'; install it: apt-get install {start.FileName}", exception);
        }
    }
}
