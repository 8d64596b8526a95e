using System.Security.Cryptography;

namespace Slug.Acceptance.Buildpacks;

[Parallelizable]
public sealed class When_pushing_an_Aptfile
{
    private const string Control = "Package: greet\nVersion: 1.0\nArchitecture: all\nMaintainer: Test <test@example.org>\nDepends: hello, perl\nDescription: greets\n";

    private ChangingApp app = null!;
    private string package = null!;

    [OneTimeSetUp]
    public async Task PushAsync()
    {
        using var patience = Slugs.Patience();
        app = await ChangingApp.OfSampleAsync("apt-hello");
        package = await PackageAsync(patience.Token);
    }

    [OneTimeTearDown]
    public void RemoveFiles()
    {
        app.Dispose();
        File.Delete(package);
    }

    [Test]
    public void Should_name_each_package_that_came_also_those_that_others_need() =>
        Assert.That(app.FirstPush.Output, Does.Match(@" hello \d").And.Match(@" socat \d").And.Match(@" libwrap0 \d"));

    [Test, CancelAfter(180_000)]
    public async Task Should_answer_an_unchanged_Aptfile_from_the_cache(CancellationToken cancellationToken)
    {
        var push = await app.PushAsync(new Dictionary<string, string> { ["more.txt"] = "x" }, cancellationToken);
        Assert.That(push.Output, Does.Contain("from the cache (Aptfile and stack are unchanged)"));
    }

    [Test, CancelAfter(180_000)]
    public async Task Should_install_a_package_of_the_app_s_own_and_what_it_needs(CancellationToken cancellationToken)
    {
        Keep(package, "debs/greet.deb");
        var push = await app.PushAsync(new Dictionary<string, string> { ["Aptfile"] = "perl\n./debs/greet.deb\n" }, cancellationToken);

        Assert.That(push.ExitCode, Is.Zero, push.Output);
        Assert.That(push.Output, Does.Contain(" greet 1.0").And.Match(@" hello \d").And.Not.Match(@" perl \d"));
        Assert.That((await app.RunAsync(cancellationToken, "greet")).Output, Does.Contain("Hello"));
    }

    [Test, CancelAfter(180_000)]
    public async Task Should_take_packages_from_a_further_archive(CancellationToken cancellationToken)
    {
        Keep(package, "archive/greet.deb");
        var push = await app.PushAsync(
            new Dictionary<string, string>
            {
                ["Aptfile"] = ":repo:deb [trusted=yes] copy:/app/archive ./\ngreet\n",
                ["archive/Packages"] = $"{Control}Filename: ./greet.deb\nSize: {new FileInfo(package).Length}\nSHA256: {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(package)))}\n",
            },
            cancellationToken);

        Assert.That(push.ExitCode, Is.Zero, push.Output);
        Assert.That((await app.RunAsync(cancellationToken, "greet")).Output, Does.Contain("Hello"));
    }

    [TestCase("no-such-package", "E: Unable to locate package no-such-package")]
    [TestCase("--force-yes", " !     Aptfile: '--force-yes' is not a package's name")]
    [TestCase("./missing.deb", " !     Aptfile: './missing.deb' is no file of the app")]
    [TestCase("# nothing", " !     Aptfile names no package")]
    [CancelAfter(180_000)]
    public async Task Should_refuse_what_it_cannot_install(string line, string words, CancellationToken cancellationToken)
    {
        var push = await app.PushAsync(new Dictionary<string, string> { ["Aptfile"] = $"{line}\n" }, cancellationToken);

        Assert.That(push.ExitCode, Is.Not.Zero);
        Assert.That(push.Output, Does.Contain(words));
    }

    private static async Task<string> PackageAsync(CancellationToken cancellationToken)
    {
        using var source = await GitFolder.OfAsync(
            new Dictionary<string, string> { ["greet/DEBIAN/control"] = Control, ["greet/usr/bin/greet*"] = "#!/bin/sh\nexec hello\n" }, cancellationToken);
        var file = Path.Combine(Path.GetTempPath(), $"{Slugs.NewName()}.deb");
        await using var build = RunningProgram.Start("dpkg-deb", ["--build", "--root-owner-group", Path.Combine(source.Path, "greet"), file]);
        Assert.That((await build.EndAsync(cancellationToken)).ExitCode, Is.Zero, build.Output);
        return file;
    }

    private void Keep(string file, string name)
    {
        var path = Path.Combine(app.Folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(file, path);
    }
}
