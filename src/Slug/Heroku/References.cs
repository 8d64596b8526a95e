namespace Slug.Heroku;

/// <summary>An app as other things name it.</summary>
internal sealed record AppReference(Guid Id, string Name)
{
    public static AppReference Of(Apps.App app) => new(app.Id, app.Name.ToString());
}

/// <summary>Who holds a token. There are no accounts: a token's name stands for who did it, and its address leads nowhere.</summary>
internal sealed record UserReference(Guid Id, string Email)
{
    /// <param name="name">A token's name; null where an older version noted none.</param>
    public static UserReference Of(string? name) => new(PlatformId.OfUser(name ?? Hosting.Events.Itself), EmailOf(name ?? Hosting.Events.Itself));

    public static string EmailOf(string name) => $"{name}@slug.localhost";
}

/// <summary>Anything else that has an id and a name: a stack, a region.</summary>
internal sealed record NamedReference(Guid Id, string Name)
{
    public static NamedReference OfStack(string name) => new(PlatformId.OfStack(name), name);

    /// <summary>The one region there is: this machine.</summary>
    public static NamedReference Here { get; } = new(PlatformId.OfRegion("local"), "local");
}

/// <summary>A thing by its id alone.</summary>
internal sealed record IdReference(Guid Id);
