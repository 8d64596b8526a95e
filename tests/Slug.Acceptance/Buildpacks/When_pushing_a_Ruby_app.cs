namespace Slug.Acceptance.Buildpacks;

[Parallelizable]
public sealed class When_pushing_a_Ruby_app
{
    private ChangingApp app = null!;

    [OneTimeSetUp]
    public async Task PushAsync() => app = await ChangingApp.OfSampleAsync("ruby-hello");

    [OneTimeTearDown]
    public void RemoveFolder() => app.Dispose();

    [Test, CancelAfter(180_000)]
    public async Task Should_keep_gems_in_the_cache(CancellationToken cancellationToken)
    {
        var push = await app.PushAsync(new Dictionary<string, string> { ["more.txt"] = "x" }, cancellationToken);
        Assert.That(app.FirstPush.Output, Does.Contain("Installing greeting 1.0.0"));
        Assert.That(push.Output, Does.Contain("with the gems of the cache").And.Contain("Using greeting 1.0.0"));
    }

    [Test, CancelAfter(180_000)]
    public async Task Should_precompile_assets_where_the_Rakefile_has_them(CancellationToken cancellationToken)
    {
        // A gem of the app's own that goes by rake's name, and answers as rake does.
        var push = await app.PushAsync(
            new Dictionary<string, string>
            {
                ["Rakefile"] = "",
                ["Gemfile"] = "source 'https://rubygems.org'\ngem 'rake', path: 'rake'\n",
                ["Gemfile.lock"] = "PATH\n  remote: rake\n  specs:\n    rake (1.0.0)\n\nGEM\n  remote: https://rubygems.org/\n  specs:\n\nPLATFORMS\n  x86_64-linux\n\nDEPENDENCIES\n  rake!\n",
                ["rake/rake.gemspec"] = "Gem::Specification.new { |gem| gem.name = 'rake'; gem.version = '1.0.0'; gem.summary = 's'; gem.authors = ['a']; gem.bindir = 'exe'; gem.executables = ['rake'] }\n",
                ["rake/exe/rake*"] = "#!/usr/bin/env ruby\nARGV == ['--prereqs'] ? puts('rake assets:precompile') : File.write('made.css', ARGV[0] + ' in ' + ENV['RAILS_ENV'])\n",
            },
            cancellationToken);

        Assert.That(push.ExitCode, Is.Zero, push.Output);
        Assert.That(push.Output, Does.Contain("Precompiling assets"));
        Assert.That((await app.RunAsync(cancellationToken, "cat", "made.css")).Output, Does.Contain("assets:precompile in production"));
    }

    [Test, CancelAfter(180_000)]
    public async Task Should_refuse_a_Ruby_that_the_stack_lacks(CancellationToken cancellationToken)
    {
        var push = await app.PushAsync(new Dictionary<string, string> { ["Gemfile"] = "ruby '9.9.0'\ngem 'greeting', '1.0.0'\n" }, cancellationToken);
        Assert.That(push.Output, Does.Contain("but your Gemfile specified 9.9.0").And.Contain(" !     loosen it in the Gemfile"));
    }

    [Test, CancelAfter(180_000)]
    public async Task Should_refuse_a_lockfile_that_is_behind(CancellationToken cancellationToken)
    {
        var push = await app.PushAsync(new Dictionary<string, string> { ["Gemfile"] = "gem 'greeting', '2.0.0'\n" }, cancellationToken);
        Assert.That(push.Output, Does.Contain("greeting (= 2.0.0)").And.Contain(" !     bundle install failed"));
    }

    [Test, CancelAfter(180_000)]
    public async Task Should_demand_a_lockfile(CancellationToken cancellationToken)
    {
        using var folder = await GitFolder.OfAsync(new Dictionary<string, string> { ["Gemfile"] = "" }, cancellationToken);
        Assert.That((await folder.PushAsync(Slugs.Real, Slugs.NewName(), cancellationToken)).Output, Does.Contain(" !     Gemfile.lock is missing"));
    }
}
