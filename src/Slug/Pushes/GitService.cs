namespace Slug.Pushes;

/// <summary>One of the two things that git's smart HTTP offers (gitprotocol-http, "Smart Clients").</summary>
internal sealed record GitService(string Command)
{
    public static GitService ReceivePack { get; } = new("receive-pack");

    public static GitService UploadPack { get; } = new("upload-pack");

    /// <summary>What the client asks for by name.</summary>
    public string Name => $"git-{Command}";

    public string RequestType => $"application/x-{Name}-request";

    public string ResultType => $"application/x-{Name}-result";

    public string AdvertisementType => $"application/x-{Name}-advertisement";

    public static GitService? Find(string? name) =>
        name == ReceivePack.Name ? ReceivePack : name == UploadPack.Name ? UploadPack : null;
}
