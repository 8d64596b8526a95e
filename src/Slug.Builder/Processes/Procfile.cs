namespace Slug.Builder.Processes;

/// <summary>The app's Procfile: <c>name: command</c> per line, split at the first colon.</summary>
internal static class Procfile
{
    public const string FileName = "Procfile";

    private const int Largest = 100_000;

    /// <summary>The process types of the app as it is now; none without a Procfile.</summary>
    public static PhaseResult<ProcessTypes> Read(string app)
    {
        var file = new FileInfo(Path.Combine(app, FileName));
        if (!file.Exists)
            return new ProcessTypes();
        using var content = file.OpenRead();
        return content.Length > Largest
            ? BuildFailure.BadProcfile($"it has {content.Length} bytes, more than {Largest}")
            : Parse(new StreamReader(content).ReadToEnd());
    }

    public static PhaseResult<ProcessTypes> Parse(string text)
    {
        var processes = new ProcessTypes();
        foreach (var (index, line) in text.Split('\n').Select(line => line.Trim()).Index())
        {
            if (line.Length == 0 || line.StartsWith('#'))
                continue;
            if (Mistake(line, processes) is { } mistake)
                return BuildFailure.BadProcfile($"line {index + 1}: {mistake}");
            var (name, command) = Split(line);
            processes.Add(name, command);
        }

        return processes;
    }

    private static string? Mistake(string line, ProcessTypes processes)
    {
        var (name, command) = Split(line);
        if (!line.Contains(':', StringComparison.Ordinal))
            return $"'{line}' has no colon";
        if (!ProcessTypes.IsName(name))
            return $"'{name}' is not a process type's name; expected letters, digits, '_' or '-', at most {ProcessTypes.LongestName}";
        if (command.Length == 0)
            return $"'{name}' has no command";
        return processes.ContainsKey(name) ? $"'{name}' is there twice" : null;
    }

    private static (string Name, string Command) Split(string line)
    {
        var parts = line.Split(':', 2, StringSplitOptions.TrimEntries);
        return (parts[0], parts.Length > 1 ? parts[1] : "");
    }
}
