using Slug.Bootstrap;
using Slug.Commands.Services;
using Slug.Commands.Terminals;
using Slug.Hosting;

namespace Slug.Acceptance.Bootstrap;

/// <summary>Two installations compile the same source as stages do; the program holds the time of its build.</summary>
[Parallelizable]
public class When_a_build_timestamp_is_in_the_program
{
    [Test, CancelAfter(300_000)]
    public async Task Should_be_caught_and_named(CancellationToken cancellationToken)
    {
        using var folder = await SmallSource.WithAsync(
            """<ItemGroup><AssemblyMetadata Include="Built" Value="$([System.DateTime]::UtcNow.Ticks)" /></ItemGroup>""", cancellationToken);
        var source = await SelfSource.ReadAsync(folder.Path, "HEAD", cancellationToken);
        var compiler = new SelfCompiler(source, new Steps(TestContext.Out, TimeProvider.System));
        await using var first = StageOf(1, Slugs.Real);
        await using var second = StageOf(2, Slugs.Other);
        var (one, other) = (await compiler.CompileAsync(first, cancellationToken), await compiler.CompileAsync(second, cancellationToken));

        var comparison = await new DropletComparison(source).CompareAsync((first, one), (second, other), cancellationToken);

        Assert.That(comparison.Same, Is.False);
        var named = comparison.Differences.Where(difference => difference.Path == "./app/publish/slug/slug.dll").ToArray();
        Assert.That(named.Select(difference => (difference.Phase, difference.What)), Is.EqualTo(new[] { ("compile", "has other contents") }));
        Assert.That(named.Select(difference => difference.Bytes?.Left), Is.Not.EqualTo(named.Select(difference => difference.Bytes?.Right)));
        Assert.That(comparison.Differences.Select(difference => difference.Phase), Does.Not.Contain("fetch"));
    }

    private static Stage StageOf(int number, Installation slug)
    {
        var data = new DataDirectory(slug.Data);
        return new(number, data, ServiceAddress.Find(data, _ => null), () => Task.CompletedTask);
    }
}
