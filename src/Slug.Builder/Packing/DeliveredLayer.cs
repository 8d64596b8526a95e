using Slug.Content.Wire;

namespace Slug.Builder.Packing;

/// <summary>A layer that the service has.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="StoredSize">As it is stored, in bytes.</param>
/// <param name="IsNew">It was sent.</param>
internal sealed record DeliveredLayer(LayerReference Layer, long StoredSize, bool IsNew);
