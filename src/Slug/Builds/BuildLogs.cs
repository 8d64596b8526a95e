using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Slug.Hosting;

namespace Slug.Builds;

/// <summary>Every build's log, growing or finished, one file each.</summary>
internal sealed class BuildLogs(DataDirectory data, IOptions<BuildOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, BuildLog> growing = new();

    /// <summary>The build's log, made now unless it grows already.</summary>
    public BuildLog Start(Guid build) =>
        growing.GetOrAdd(build, id => new(PathOf(id), options.Value.LogLimit, time));

    /// <summary>The build has ended: readers finish, later ones read the file.</summary>
    public void Finish(Guid build)
    {
        if (growing.TryRemove(build, out var log))
            log.Dispose();
    }

    public void Remove(Guid build)
    {
        Finish(build);
        File.Delete(PathOf(build));
    }

    /// <summary>The logs that do not grow any more, by their build.</summary>
    public IReadOnlyDictionary<Guid, FileInfo> Finished() =>
        new DirectoryInfo(data.Logs).EnumerateFiles("*.log")
            .Select(file => (Build: Guid.TryParseExact(Path.GetFileNameWithoutExtension(file.Name), "D", out var build) ? build : Guid.Empty, File: file))
            .Where(log => log.Build != Guid.Empty && !growing.ContainsKey(log.Build))
            .ToDictionary(log => log.Build, log => log.File);

    /// <summary>The lines from a number on; of a running build, as they come when asked to follow.</summary>
    public IAsyncEnumerable<LogLine> ReadAsync(Guid build, int from, bool follow, CancellationToken cancellationToken) =>
        follow && growing.TryGetValue(build, out var log)
            ? log.ReadAsync(from, cancellationToken)
            : ReadFileAsync(PathOf(build), from, cancellationToken);

    /// <summary>The log as one text, of a running build as it comes when asked to follow; null where there is none.</summary>
    public LogText? Open(Guid build, bool follow)
    {
        var log = follow ? growing.GetValueOrDefault(build) : null;
        try
        {
            return new(File.OpenHandle(PathOf(build), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), log, time);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static async IAsyncEnumerable<LogLine> ReadFileAsync(string path, int from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            yield break;
        var number = 0;
        await foreach (var stored in File.ReadLinesAsync(path, cancellationToken))
        {
            if (number++ >= from)
                yield return LogLine.FromStored(stored);
        }
    }

    private string PathOf(Guid build) => Path.Combine(data.Logs, $"{build:D}.log");
}
