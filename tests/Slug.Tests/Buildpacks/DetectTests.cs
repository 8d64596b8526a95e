using Slug.Hosting;
using Slug.Tests.Commands;

namespace Slug.Tests.Buildpacks;

internal sealed class DetectTests
{
    [TestCase("nodejs", "package.json", "Node.js")]
    [TestCase("dotnet", "app.csproj", ".NET")]
    [TestCase("dotnet", "app.sln", ".NET")]
    [TestCase("python", "requirements.txt", "Python")]
    [TestCase("static", "static.json", "Static files")]
    [TestCase("static", "index.html", "Static files")]
    [TestCase("procfile", "Procfile", "Procfile")]
    [TestCase("go", "go.mod", "Go")]
    [TestCase("ruby", "Gemfile", "Ruby")]
    [TestCase("php", "composer.json", "PHP")]
    [TestCase("php", "index.php", "PHP")]
    [TestCase("java", "pom.xml", "Java")]
    [TestCase("java", "build.gradle.kts", "Java")]
    [TestCase("apt", "Aptfile", "Apt")]
    [CancelAfter(60_000)]
    public async Task A_buildpack_knows_an_app_by_its_file(string buildpack, string file, string name, CancellationToken cancellationToken)
    {
        using var app = new ScratchFolder();
        await File.WriteAllTextAsync(app.In(file), "{}", cancellationToken);

        Assert.That(await DetectAsync(buildpack, app, cancellationToken), Is.EqualTo(new ChildResult(0, $"{name}\n", "")));
    }

    [CancelAfter(60_000)]
    [TestCaseSource(nameof(Buildpacks))]
    public async Task A_buildpack_says_what_it_looked_for(string buildpack, CancellationToken cancellationToken)
    {
        using var app = new ScratchFolder();
        Directory.CreateDirectory(app.In("src/package.json"));

        var result = await DetectAsync(buildpack, app, cancellationToken);

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((1, "")));
        Assert.That(result.Error, Does.StartWith("no ").And.Contains(" in the root").And.EndsWith("\n"));
    }

    private static string[] Buildpacks() => File.ReadAllLines(Path.Combine(Checkout.Root, "buildpacks", "order"));

    private static Task<ChildResult> DetectAsync(string buildpack, ScratchFolder app, CancellationToken cancellationToken) =>
        new ChildProcess("bash", Path.Combine(Checkout.Root, "buildpacks", buildpack, "bin", "detect"), app.Path).RunAsync(cancellationToken);
}
