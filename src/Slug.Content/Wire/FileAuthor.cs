namespace Slug.Content.Wire;

/// <summary>The part of a build that wrote something last.</summary>
/// <param name="Phase">Its phase.</param>
/// <param name="Program">The buildpack's program that ran, <c>bin/compile of nodejs</c>; null where it was the builder itself.</param>
public sealed record FileAuthor(BuildPhase Phase, string? Program = null);

/// <summary>A line of the NDJSON stream <c>POST /builder/builds/{id}/authors</c>, by which the build of a verification says who wrote its files. A path that comes twice is as it was told last.</summary>
/// <param name="Path">Below the app's folder.</param>
/// <param name="Author">Who wrote it last.</param>
public sealed record AuthoredFile(string Path, FileAuthor Author);
