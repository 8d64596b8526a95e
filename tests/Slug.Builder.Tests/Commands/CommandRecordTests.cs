using System.Diagnostics;
using Slug.Builder.Commands;

namespace Slug.Builder.Tests.Commands;

public class CommandRecordTests
{
    private static readonly Command command = new()
    {
        Program = "/usr/bin/printf",
        Arguments = ["<%s>", "it's", "two words", "$HOME", ""],
        Directory = "/usr",
        Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["QUOTED"] = "it's \"so\"\nand so" },
    };

    [Test, CancelAfter(60_000)]
    public async Task A_command_runs_again_with_the_same_words(CancellationToken cancellationToken) =>
        Assert.That(await RunAsync(cancellationToken), Is.EqualTo("<it's><two words><$HOME><>"));

    [Test, CancelAfter(60_000)]
    public async Task Other_words_run_in_its_folder_and_environment(CancellationToken cancellationToken) =>
        Assert.That(
            await RunAsync(cancellationToken, "/bin/sh", "-c", "pwd; env | grep -A1 QUOTED; env | wc -l"),
            Is.EqualTo("/usr\nQUOTED=it's \"so\"\nand so\n4\n"));

    private static async Task<string> RunAsync(CancellationToken cancellationToken, params string[] words)
    {
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, CommandRecord.ScriptOf(command), cancellationToken);
            using var bash = Process.Start(new ProcessStartInfo("/bin/bash", [script, .. words]) { RedirectStandardOutput = true })!;
            return await bash.StandardOutput.ReadToEndAsync(cancellationToken);
        }
        finally
        {
            File.Delete(script);
        }
    }
}
