using Microsoft.AspNetCore.Http.HttpResults;
using Slug.Content;

namespace Slug.Registry;

/// <summary>What the registry answers where it does not do what it was asked.</summary>
internal static class Refusals
{
    public static IResult Unauthorized() => Of(
        StatusCodes.Status401Unauthorized, "UNAUTHORIZED", "SLUG4100: this needs a token: docker login HOST:PORT, any user name, the token as the password; './slug token' shows it");

    /// <summary>The token opens something else: the message has a code of its own.</summary>
    public static IResult Denied(string message) => Of(StatusCodes.Status403Forbidden, "DENIED", message);

    /// <summary>Too many tokens that were none: the message has a code of its own.</summary>
    public static IResult TooMany(string message) => Of(StatusCodes.Status429TooManyRequests, "TOOMANYREQUESTS", message);

    public static IResult NoApp(string name) => Of(
        StatusCodes.Status404NotFound, "NAME_UNKNOWN", $"SLUG4101: there is no app '{name}'; expected one that was pushed: 'slug apps' lists them");

    public static IResult NoManifest(string app, string reference) => Of(
        StatusCodes.Status404NotFound, "MANIFEST_UNKNOWN", $"SLUG4102: '{app}' has no image '{reference}'; expected a release as v7 or v7-zstd, latest, latest-zstd, or a digest: 'slug releases {app}' lists the releases");

    public static IResult NoBlob(string app, string blob) => Of(
        StatusCodes.Status404NotFound, "BLOB_UNKNOWN", $"SLUG4103: '{app}' has no blob '{blob}'; expected one that a manifest of the app names: read the manifest again");

    public static IResult Damaged(string code, string app, Digest blob) => Of(
        StatusCodes.Status404NotFound, code, $"SLUG4104: '{app}' is not given out: the blob '{blob}' is gone or not what it was; 'slug fsck' says how it is made again");

    public static IResult Unsupported(string method) => Of(
        StatusCodes.Status405MethodNotAllowed, "UNSUPPORTED", $"SLUG4105: '{method}' is not supported: images are pulled here, never pushed or deleted; a droplet comes by git push");

    public static IResult NotWanted(string app, string accept) => Of(
        StatusCodes.Status404NotFound, "MANIFEST_UNKNOWN", $"SLUG4106: the client accepts '{accept}'; expected '{Content.Oci.MediaTypes.Manifest}' among it, as the images of '{app}' are OCI images: use docker 20.10 or newer");

    public static IResult NoNumber(string number) => Of(
        StatusCodes.Status400BadRequest, "PAGINATION_NUMBER_INVALID", $"SLUG4107: n is '{number}'; expected how many entries to list, 0 or more");

    public static IResult NoDigest(string digest) => Of(
        StatusCodes.Status400BadRequest, "DIGEST_INVALID", $"SLUG4109: '{digest}' is not a digest; expected sha256: and 64 lower-case hex digits");

    /// <summary>What the image needs is not there at the moment: the message has a code of its own.</summary>
    public static IResult Unavailable(string message) => Of(StatusCodes.Status503ServiceUnavailable, "UNAVAILABLE", message);

    private static JsonHttpResult<RegistryErrors> Of(int status, string code, string message) =>
        TypedResults.Json(new RegistryErrors([new(code, message)]), RegistryJson.Default.RegistryErrors, statusCode: status);
}
