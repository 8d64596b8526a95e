using System.Globalization;
using System.Net;
using Slug.Content;

namespace Slug.Remotes;

/// <summary>Something cannot be fetched. The message is the pusher's to read: no secret in it.</summary>
internal sealed class RemoteException(string message, bool mayPass = false, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Another attempt may go better.</summary>
    public bool MayPass { get; } = mayPass;

    public static RemoteException Unresolved(string host, Exception cause) =>
        new($"SLUG2210: the host '{host}' is not found ({cause.Message}); correct the address, or try again", mayPass: true, cause);

    public static RemoteException Closed(string host, IPAddress address) =>
        new($"SLUG2211: the host '{host}' is '{address}', which is not a public address; expected one of the open internet; the operator allows a range with --fetch-allow");

    public static RemoteException Plain(string host) =>
        new($"SLUG2212: the host '{host}' is asked without TLS; write https://, or have the operator allow its range with --fetch-allow");

    public static RemoteException GitFailed(string url, string said) =>
        new($"SLUG2213: git cannot fetch '{url}': {said}; see that the address is right and that this service may read it", mayPass: true);

    public static RemoteException NoSuchRef(string url, string name) =>
        new($"SLUG2214: '{url}' has no branch, tag or commit '{name}'; expected one of its own, a commit in full; correct what follows '#'");

    public static RemoteException Refused(string url, HttpStatusCode status) =>
        new(
            string.Create(CultureInfo.InvariantCulture, $"SLUG2215: '{url}' was answered with {(int)status}; see that the address is right and that this service may read it"),
            mayPass: status is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout);

    public static RemoteException Broken(string url, string reason, Exception cause) =>
        new($"SLUG2216: '{url}' cannot be fetched: {reason}; try again", mayPass: true, cause);

    /// <summary>What ended a request by HTTP.</summary>
    public static RemoteException Of(string url, Exception failure) =>
        failure.InnerException as RemoteException ?? Broken(url, failure.GetBaseException().Message.TrimEnd('.'), failure);

    public static RemoteException TooLarge(string url, long limit) =>
        new($"SLUG2217: '{url}' is larger than {ByteSize.InWords(limit)}; choose a smaller one, or have the operator raise --buildpack-limit");

    public static RemoteException TooSlow(string url, TimeSpan limit) =>
        new(string.Create(CultureInfo.InvariantCulture, $"SLUG2218: '{url}' did not arrive within {limit.TotalSeconds:0} s; try again, or have the operator raise --buildpack-timeout"), mayPass: true);

    public static RemoteException OpenNetrc(string file) =>
        new($"SLUG2221: the operator's '{Path.GetFileName(file)}' may be read by others than its owner; the operator runs: chmod 600 {file}");

    // What stands in the file may be a password: it is not shown.
    public static RemoteException BadNetrc(string file) =>
        new($"SLUG2222: the operator's '{Path.GetFileName(file)}' is not of the form 'machine HOST login NAME password WORD'; the operator corrects it");
}
