namespace Slug.Benchmarks;

/// <summary>Measures one thing that Slug does beside the least that it could cost, in the same run.</summary>
internal interface IBenchmark
{
    /// <summary>By which it is chosen on the command line.</summary>
    string Name { get; }

    Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken);
}
