using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slug.Pushes.LargeFiles;

/// <summary>What a client asks of several files at once (git-lfs, api/batch.md).</summary>
internal sealed record BatchRequest
{
    public const string Upload = "upload";
    public const string Download = "download";

    public string? Operation { get; init; }

    /// <summary>The ways of transfer that the client knows; none means basic.</summary>
    public IReadOnlyList<string>? Transfers { get; init; }

    public string? HashAlgo { get; init; }

    public IReadOnlyList<BatchFile>? Objects { get; init; }
}

/// <summary>A file by its name in Git LFS: the sha256 in hex, and its length.</summary>
internal sealed record BatchFile(string? Oid, long Size);

/// <summary>What is to be done for each of the files.</summary>
internal sealed record BatchAnswer(string Transfer, IReadOnlyList<BatchItem> Objects, string HashAlgo = "sha256");

/// <summary>A file with what to do for it: nothing where the server has what is to be uploaded.</summary>
internal sealed record BatchItem(string? Oid, long Size)
{
    /// <summary>The actions carry all that authenticates them.</summary>
    public bool? Authenticated { get; init; }

    /// <summary>By name: upload and verify, or download.</summary>
    public IReadOnlyDictionary<string, BatchAction>? Actions { get; init; }

    public LargeFileError? Error { get; init; }
}

/// <summary>A request that the client is to make.</summary>
internal sealed record BatchAction(string Href, IReadOnlyDictionary<string, string> Header);

/// <summary>Why a file, or a whole request, is refused. A code is one of HTTP's.</summary>
internal sealed record LargeFileError(int? Code, string Message);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BatchRequest))]
[JsonSerializable(typeof(BatchFile))]
[JsonSerializable(typeof(BatchAnswer))]
[JsonSerializable(typeof(LargeFileError))]
internal sealed partial class LargeFileJson : JsonSerializerContext;
