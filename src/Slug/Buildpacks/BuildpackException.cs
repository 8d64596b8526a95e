namespace Slug.Buildpacks;

/// <summary>An app's buildpacks cannot be what it says. The message is the pusher's to read.</summary>
internal sealed class BuildpackException(string code, string reason, Exception? cause = null) : Exception($"{code}: {reason}", cause)
{
    public string Code { get; } = code;

    /// <summary>The message without its code.</summary>
    public string Reason { get; } = reason;

    public static BuildpackException NotAnAddress(string text) =>
        new("SLUG2200", $"'{text}' is not a buildpack; expected {BuildpackAddress.Rule}; correct it where the app's buildpacks are named");

    public static BuildpackException NotBuiltIn(string name, IEnumerable<string> names) =>
        new("SLUG2201", $"there is no built-in buildpack '{name}'; expected one of {string.Join(", ", names)}; name one of these, or write the buildpack's address");

    public static BuildpackException NotJson(string mistake, Exception cause) =>
        new("SLUG2202", $"app.json is not valid JSON: {mistake.TrimEnd('.')}; correct it, or name the buildpacks elsewhere", cause);

    public static BuildpackException NotAList(string found) =>
        new("SLUG2203", $"'buildpacks' in app.json holds '{found}'; expected a list of buildpacks, each as text or as {{\"url\": \"…\"}}; correct it");

    public static BuildpackException NoVariables(string found) =>
        new("SLUG2380", $"'env' in {TestEnvironment.Where} holds '{found}'; expected names of config vars, each with text or {{\"value\": \"…\"}}; correct it");

    public static BuildpackException HoldsPassword(BuildpackAddress address) =>
        new("SLUG2381", $"'{address}' holds a password, which the setting of an app does not keep; write it without; the operator puts it into 'netrc'");

    public static BuildpackException TooMany(string where, int count, int most) =>
        new("SLUG2204", $"{where} names {count} buildpacks; expected at most {most}; leave some out");

    public static BuildpackException NotAnArchive(string name, string mistake, Exception cause) =>
        new("SLUG2219", $"buildpack '{name}' cannot be unpacked: {mistake.TrimEnd('.')}; expected a gzip'ed tar of files, folders and links; tell its author", cause);

    public static BuildpackException NoPrograms(string name) =>
        new("SLUG2220", $"'{name}' holds no buildpack; expected bin/detect and bin/compile in it; correct the address");
}
