namespace Slug.Commands.Terminals;

/// <summary>A long command told step by step, in the words of a push: what is being done, its details, its time.</summary>
internal sealed class Steps(TextWriter output, TimeProvider time) : IProgress<string>
{
    public const string Indent = "       ";

    /// <summary>Runs one step. What it gives is the line that closes it.</summary>
    public async Task RunAsync(string title, Func<Task<string>> step)
    {
        var started = time.GetTimestamp();
        await output.WriteLineAsync($"-----> {title}");
        var end = await step();
        await output.WriteLineAsync($"{Indent}{end} ({Wording.Duration(time.GetElapsedTime(started))})");
    }

    /// <summary>A detail of the step under way.</summary>
    public void Report(string value)
    {
        foreach (var line in value.Split('\n'))
            output.WriteLine(Indent + line);
        output.Flush();
    }
}
