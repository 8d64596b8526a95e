using System.Globalization;
using System.Net;
using Slug.Pushes;
using Slug.Pushes.LargeFiles;
using Slug.Remotes;

namespace Slug.Sources.LargeFiles;

/// <summary>Why a large file cannot be had of a forge, in the words of who pushed there.</summary>
internal static class LargeFileFault
{
    public static RemoteException Refused(LargeFileAddress address, PointerFile file, HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(Text(
            $"SLUG6241: '{address.Server}' was answered with {(int)status}, where '{Readable.Text(file.Path)}' is kept by Git LFS; make the hook with a --token that may read the repository, or have the operator write DATA/netrc")),
        HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.Gone or HttpStatusCode.NotImplemented => new(Text(
            $"SLUG6240: '{address.Server}' was answered with {(int)status}, so there is no Git LFS that this service may read, and '{Readable.Text(file.Path)}' is a pointer to it; switch Git LFS on there and run git lfs push --all, give the hook a --token, or commit the file itself")),
        _ => RemoteException.Refused(address.Batch.AbsoluteUri, status),
    };

    public static RemoteException Missing(LargeFileAddress address, PointerFile file, LargeFileError? error) => new(Text(
        $"SLUG6242: '{address.Server}' does not have '{Readable.Text(file.Path)}' ({file.Pointer.Digest.Hex}): {(error?.Message is { Length: > 0 } said ? $"'{Readable.Text(said)}'" : "it says nothing of where the file is")}; run git lfs push --all there, then deliver again or push again"));

    public static RemoteException Other(LargeFileAddress address, PointerFile file, InvalidDataException cause) => new(
        Text($"SLUG6243: '{Readable.Text(file.Path)}' came from '{address.Server}' as something else than its pointer says ({cause.Message}); expected {file.Pointer.Size} bytes with the sha256 {file.Pointer.Digest.Hex}; upload it there again"), cause: cause);

    public static RemoteException OtherAnswer(LargeFileAddress address) => new(
        $"SLUG6244: what '{address.Batch}' answers is not an answer of Git LFS with basic transfers; see that the repository's URL is right and that Git LFS works there: git lfs fetch --all");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
