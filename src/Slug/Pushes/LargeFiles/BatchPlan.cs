using System.Globalization;
using Slug.Apps;
using Slug.Content;

namespace Slug.Pushes.LargeFiles;

/// <summary>Decides for each file of a batch what the client is to do: pure rules over what the store holds.</summary>
/// <param name="app">Whose files they are.</param>
/// <param name="store">What is there already.</param>
/// <param name="limit">Bytes that a file may have.</param>
/// <param name="folder">The address of the app's files, without a slash at its end.</param>
/// <param name="authorization">What the client showed us: it shows the same with each action.</param>
internal sealed class BatchPlan(App app, LargeFileStore store, long limit, string folder, string authorization)
{
    private const int NotFound = StatusCodes.Status404NotFound;
    private const int Invalid = StatusCodes.Status422UnprocessableEntity;

    public BatchAnswer Answer(BatchRequest request) =>
        new("basic", [.. (request.Objects ?? []).Select(file => Answer(request.Operation!, file))]);

    /// <summary>Why the whole request is refused; null where it is not.</summary>
    public static string? MistakeIn(BatchRequest? request) => request switch
    {
        null or { Objects: null } or { Operation: not (BatchRequest.Upload or BatchRequest.Download) } =>
            "SLUG1310: the request is not one of Git LFS; expected 'operation' upload or download, and 'objects'",
        { HashAlgo: not (null or "sha256") } => $"SLUG1311: the hash algorithm '{Readable.Text(request.HashAlgo)}' is not known; expected sha256",
        { Transfers: { Count: > 0 } transfers } when !transfers.Contains("basic") =>
            $"SLUG1312: the client transfers by {string.Join(", ", transfers.Select(transfer => $"'{Readable.Text(transfer)}'"))}; expected 'basic' among them",
        _ => null,
    };

    private BatchItem Answer(string operation, BatchFile file)
    {
        if (!TryReadDigest(file.Oid, out var digest) || file.Size < 0)
            return Refused(file, Invalid, $"SLUG1313: '{Readable.Text(file.Oid ?? "")}' of {file.Size} bytes is no file's name; expected a sha256 in 64 hex digits");
        var known = store.Holds(app.Id, new(digest, file.Size));
        return operation == BatchRequest.Download
            ? known ? Acting(file, ("download", Address(digest))) : Refused(file, NotFound, "SLUG1314: the app does not have this file; run 'git lfs push --all' where it is")
            : known ? new(file.Oid, file.Size)
            : file.Size > limit ? Refused(file, Invalid, TooLarge(limit))
            : Acting(file, ("upload", Address(digest)), ("verify", $"{folder}/verify"));
    }

    /// <summary>The message for a file above the limit.</summary>
    public static string TooLarge(long limit) => string.Create(CultureInfo.InvariantCulture,
        $"SLUG1315: the file is larger than {limit} bytes, the limit of a push; keep it elsewhere, or ask the operator for a larger --push-limit");

    /// <summary>Reads a file's name in Git LFS.</summary>
    public static bool TryReadDigest(string? oid, out Digest digest) => Digest.TryParse($"sha256:{oid}", null, out digest);

    private string Address(Digest digest) => $"{folder}/objects/{digest.Hex}";

    private BatchItem Acting(BatchFile file, params (string Name, string Address)[] actions)
    {
        var header = new Dictionary<string, string> { ["Authorization"] = authorization };
        return new(file.Oid, file.Size)
        {
            Authenticated = true,
            Actions = actions.ToDictionary(action => action.Name, action => new BatchAction(action.Address, header)),
        };
    }

    private static BatchItem Refused(BatchFile file, int code, string message) => new(file.Oid, file.Size) { Error = new(code, message) };
}
