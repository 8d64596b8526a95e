using Slug.Hosting;
using Slug.Tests.Commands;

namespace Slug.Tests.Buildpacks;

internal sealed class ReleaseTests
{
    private const string Rails = "GEM\n  specs:\n    railties (7.0.4)\n";

    [TestCase("Gemfile.lock", Rails, "web: bundle exec rails server -b 0.0.0.0 -p $PORT")]
    [TestCase("Gemfile.lock", Rails, "console: bundle exec rails console")]
    [TestCase("config.ru", "", "web: bundle exec rackup config.ru -o 0.0.0.0 -p $PORT")]
    [TestCase("app.rb", "", "web: bundle exec ruby app.rb")]
    [TestCase("README", "", "--- {}")]
    [CancelAfter(60_000)]
    public async Task A_Ruby_app_starts_by_what_it_is_made_of(string file, string content, string line, CancellationToken cancellationToken)
    {
        using var app = new ScratchFolder();
        await File.WriteAllTextAsync(app.In("Gemfile.lock"), "", cancellationToken);
        await File.WriteAllTextAsync(app.In(file), content, cancellationToken);

        var release = await new ChildProcess("bash", Path.Combine(Checkout.Root, "buildpacks", "ruby", "bin", "release"), app.Path).RunAsync(cancellationToken);

        Assert.That(release.Output.Split('\n').Select(text => text.Trim()), Does.Contain(line));
    }
}
