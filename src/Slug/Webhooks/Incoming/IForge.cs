namespace Slug.Webhooks.Incoming;

/// <summary>How one kind of sender signs, names and tells, and how it wants to be told of builds.</summary>
internal interface IForge
{
    /// <summary>As hooks are made with.</summary>
    string Name { get; }

    /// <summary>The user that goes with a token when git asks for a repository.</summary>
    string Login { get; }

    /// <summary>Whether the one who knows the secret sent this, now.</summary>
    /// <param name="request">What came.</param>
    /// <param name="secret">The hook's.</param>
    /// <param name="expected">What it would have signed with.</param>
    /// <param name="now">The time.</param>
    bool IsGood(HookRequest request, HookSecret secret, ExpectedSignatures expected, DateTimeOffset now);

    /// <summary>The sender's own id of a delivery, the same when it is sent again; null where it has none.</summary>
    string? KeyOf(HookRequest request);

    /// <summary>The id is not signed: who caught a delivery can send it again under another one. Its body is then good once.</summary>
    bool IsBodyGoodOnce(HookRequest request);

    /// <exception cref="System.Text.Json.JsonException">It is not what this sender sends.</exception>
    Notice Read(HookRequest request);

    /// <summary>How to say what becomes of a commit; null where nobody listens.</summary>
    StatusCall? StatusOf(CommitStatus status, string token);

    /// <summary>Where the API is of the forge that has this repository.</summary>
    Uri ApiOf(Uri repository);
}
