using Slug.Pushes;

namespace Slug.Webhooks.Incoming;

/// <summary>What a sender is told, one line.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="Text">For the log that the forge keeps.</param>
internal sealed record HookAnswer(int Status, string Text)
{
    /// <summary>No such app, no such hook, a wrong signature or an old one: from outside all the same.</summary>
    public static HookAnswer Unknown { get; } = new(
        StatusCodes.Status401Unauthorized, "SLUG6200: no hook takes this: there is none at this address, or it is not signed with its secret, or not now; look at both: slug hooks APP");

    public static HookAnswer TooLarge(int limit) => new(
        StatusCodes.Status413PayloadTooLarge, $"SLUG6201: the delivery has more than {limit} bytes; push less at a time, or push to Slug itself");

    public static HookAnswer Busy { get; } = new(StatusCodes.Status503ServiceUnavailable, "SLUG6202: too many deliveries come in at once, or this one came too slowly; send it again");

    public static HookAnswer Malformed(Hook hook, string fault) => new(
        StatusCodes.Status400BadRequest,
        $"SLUG6203: the delivery is signed, but is not what '{hook.Forge.Name}' sends ({Readable.Text(fault)}); send JSON, or make a hook of the sender's kind");

    public static HookAnswer Replayed(string other) => new(
        StatusCodes.Status409Conflict, $"SLUG6204: this was here before, as delivery '{other}'; nothing is built twice; push another commit, or send that one again");

    public static HookAnswer Known(Delivery known) => new(
        StatusCodes.Status200OK, $"Delivery '{known.Key}' was here before: {known.Status}{(known.Reason is null ? "" : $" ({known.Reason})")}");

    public static HookAnswer Taken(Delivery delivery) => delivery.Status == DeliveryStatus.Ignored
        ? new(StatusCodes.Status200OK, $"Ignored: {delivery.Reason}")
        : new(StatusCodes.Status202Accepted, $"Accepted: {delivery.Branch} at {delivery.CommitId} will be built");
}
