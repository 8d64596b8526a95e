using System.Globalization;
using Slug.Apps;
using Slug.Content;
using Slug.Droplets;
using Slug.Droplets.Records;
using Slug.Releases;
using Slug.Tokens;

namespace Slug.Api;

/// <summary>Finds the droplet that a user names: APP for that of its current release, APP@v7 for another release's, or a droplet's digest, or its first digits.</summary>
internal sealed class NamedDroplets(AppStore apps, ReleaseStore releases, LateCompression compression, DropletOwners owners, DropletRecords records)
{
    private const int FewestDigits = 12;
    private const string Algorithm = "sha256:";

    /// <param name="text">As the user wrote it.</param>
    /// <param name="grant">Whose apps are looked at: others are not there.</param>
    /// <param name="scope">What the user is to be allowed to do with the droplet.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<NamedResult> FindAsync(string text, Grant grant, Scope scope, CancellationToken cancellationToken)
    {
        var parts = text.Split('@', 2);
        if (AppName.TryParse(parts[0], null, out var name) && grant.Allows(scope, name) && await apps.FindAsync(name, cancellationToken) is { } app)
            return await OfReleaseAsync(app, parts.ElementAtOrDefault(1), cancellationToken);
        var digits = text.StartsWith(Algorithm, StringComparison.Ordinal) ? text[Algorithm.Length..] : text;
        return digits.Length >= FewestDigits && digits.All(char.IsAsciiHexDigitLower)
            ? await OfDigitsAsync(digits, owner => grant.Allows(scope, owner), cancellationToken)
            : new NamedResult.Unknown("SLUG4151", $"there is no app and no droplet '{text}' that the token '{grant.Name}' ({grant}) may {AccessRules.InWords(scope)}; expected APP, APP@v7, or a droplet's digest or at least {FewestDigits} of its first digits: 'slug droplets APP' lists them");
    }

    private async Task<NamedResult> OfReleaseAsync(App app, string? version, CancellationToken cancellationToken)
    {
        if (version is null)
            return await releases.FindCurrentAsync(app, cancellationToken) is { Droplet: { } current }
                ? await FoundAsync(app, Digest.Parse(current), cancellationToken)
                : new NamedResult.Unknown("SLUG5001", $"the app '{app.Name}' has no release with a droplet yet; push its source first");
        var release = (await releases.ListAsync(app, cancellationToken)).FirstOrDefault(release => string.Create(CultureInfo.InvariantCulture, $"v{release.Version}") == version);
        return release?.Droplet is { } droplet
            ? await FoundAsync(app, Digest.Parse(droplet), cancellationToken)
            : new NamedResult.Unknown("SLUG4153", $"'{app.Name}' has no release '{version}' with a droplet; 'slug releases {app.Name}' lists them");
    }

    private async Task<NamedResult> OfDigitsAsync(string digits, Func<AppName, bool> isOpen, CancellationToken cancellationToken)
    {
        var found = (await owners.FindAsync(digits, cancellationToken)).Where(owned => isOpen(AppName.Parse(owned.App))).ToList();
        var droplet = found.Select(owned => owned.Droplet).Distinct().ToList();
        if (droplet.Count > 1)
            return new NamedResult.Unknown("SLUG4152", $"'{digits}' is the beginning of several droplets: {string.Join(", ", droplet)}; write more of it");
        if (droplet.Count == 0 || await apps.FindAsync(AppName.Parse(found[0].App), cancellationToken) is not { } app)
            return new NamedResult.Unknown("SLUG4151", $"there is no droplet '{digits}'; 'slug droplets APP' lists those of an app");
        return await FoundAsync(app, droplet[0], cancellationToken);
    }

    private async Task<NamedResult> FoundAsync(App app, Digest digest, CancellationToken cancellationToken)
    {
        if (await compression.FindAsync(digest, cancellationToken) is not { } droplet)
            return new NamedResult.Unknown("SLUG4151", $"there is no droplet '{digest}' any more; 'slug droplets {app.Name}' lists those that are left");
        return await records.FindAsync(app, digest, cancellationToken) is { } record
            ? new NamedResult.Found(app, droplet, record)
            : new NamedResult.Unknown("SLUG4150", $"nothing is recorded of droplet '{digest}' of '{app.Name}', which an older Slug made; push its source again, past what is known of it: git commit --allow-empty -m 'Make it again', then git push -o no-cache");
    }
}

/// <summary>What came of looking for a droplet.</summary>
internal abstract record NamedResult
{
    internal sealed record Found(App App, Droplet Droplet, DropletRecord Record) : NamedResult;

    /// <summary>There is none; code and reason are for the user.</summary>
    internal sealed record Unknown(string Code, string Reason) : NamedResult;
}
