using System.Formats.Tar;
using Microsoft.Extensions.DependencyInjection;
using Slug.Pushes;
using Slug.Sources;
using Slug.Tests.Pushes;

namespace Slug.Tests.Sources;

/// <summary>Pushes that end with their source: read, and archived where it is one.</summary>
internal abstract class SourceSituation : PushSituation
{
    /// <summary>What came of the last push that a build was asked for.</summary>
    protected SourceResult? Result { get; private set; }

    /// <summary>The archive of the last source: name to contents, or to an arrow and the target of a link.</summary>
    protected Dictionary<string, string> Archived { get; } = [];

    protected SourceOptions Options => Host.Services.GetRequiredService<SourceOptions>();

    [SetUp]
    public void Answer()
    {
        Result = null;
        Archived.Clear();
        Host.Builds.Answer = AnswerAsync;
    }

    protected Source Source() => ((SourceResult.Read)Result!).Source;

    protected string Message() => ((SourceResult.Refused)Result!).Message;

    private async IAsyncEnumerable<PushReply> AnswerAsync(Push push, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Result = await Host.Services.GetRequiredService<SourceReader>().ReadAsync(push, cancellationToken);
        if (Result is SourceResult.Read(var source, _, _))
        {
            Archived.Clear();
            await ArchiveAsync(source, cancellationToken);
            yield return new PushReply.Accepted();
        }
        yield return new PushReply.Rejected();
    }

    private async Task ArchiveAsync(Source source, CancellationToken cancellationToken)
    {
        using var tar = new MemoryStream();
        await Host.Services.GetRequiredService<SourceArchive>().WriteAsync(source, tar, cancellationToken);
        tar.Position = 0;
        await using var reader = new TarReader(tar);
        while (await reader.GetNextEntryAsync(copyData: true, cancellationToken) is { } entry)
        {
            if (entry.EntryType is TarEntryType.GlobalExtendedAttributes)
                continue;
            Archived[entry.Name] = entry.EntryType is TarEntryType.SymbolicLink
                ? $"-> {entry.LinkName}"
                : entry.DataStream is null ? "" : await new StreamReader(entry.DataStream).ReadToEndAsync(cancellationToken);
        }
    }
}
