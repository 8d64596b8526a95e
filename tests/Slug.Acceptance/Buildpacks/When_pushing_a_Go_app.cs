using System.IO.Compression;
using System.Text;

namespace Slug.Acceptance.Buildpacks;

[Parallelizable]
public sealed class When_pushing_a_Go_app
{
    private const string Main = "package main\n\nfunc main() { println(\"running\") }\n";
    private const string Release = "golang.org/toolchain@v0.0.1-go1.22.10.linux-amd64";

    private ChangingApp app = null!;

    [OneTimeSetUp]
    public async Task PushAsync() => app = await ChangingApp.OfSampleAsync("go-hello", ("main.go", Main));

    [OneTimeTearDown]
    public void RemoveFolder() => app.Dispose();

    [Test]
    public void Should_make_the_root_s_program_web_and_each_of_cmd_its_own() =>
        Assert.That(app.FirstPush.Output, Does.Contain("Defaults of go -> hello, web"));

    [Test, CancelAfter(180_000)]
    public async Task Should_keep_Go_in_the_cache_and_say_what_the_compiler_says(CancellationToken cancellationToken)
    {
        var push = await app.PushAsync(new Dictionary<string, string> { ["main.go"] = "package main\n\nfunc main() { missing() }\n" }, cancellationToken);

        Assert.That(push.ExitCode, Is.Not.Zero);
        Assert.That(push.Output, Does.Contain("golang-go from the cache").And.Contain("undefined: missing").And.Contain("go build failed"));
    }

    [Test, CancelAfter(180_000)]
    public async Task Should_compile_with_the_modules_of_vendor(CancellationToken cancellationToken)
    {
        var push = await app.PushAsync(
            new Dictionary<string, string>
            {
                ["go.mod"] = "module example.org/go-hello\n\ngo 1.19\n\nrequire example.org/words v1.0.0\n",
                ["main.go"] = "package main\n\nimport \"example.org/words\"\n\nfunc main() { println(words.One) }\n",
                ["vendor/modules.txt"] = "# example.org/words v1.0.0\n## explicit\nexample.org/words\n",
                ["vendor/example.org/words/words.go"] = "package words\n\nconst One = \"one\"\n",
            },
            cancellationToken);

        Assert.That(push.ExitCode, Is.Zero, push.Output);
        Assert.That(push.Output, Does.Contain("with the modules of vendor/"));
        Assert.That((await app.RunAsync(cancellationToken, "go-hello")).Output, Does.Contain("one"));
    }

    [Test, CancelAfter(180_000)]
    public async Task Should_compile_the_packages_that_are_asked_for_and_no_others(CancellationToken cancellationToken)
    {
        var push = await app.PushAsync(
            new Dictionary<string, string> { ["go.mod"] = "// +heroku install ./tools\nmodule example.org/go-hello\n\ngo 1.19\n", ["tools/main.go"] = Main }, cancellationToken);

        Assert.That(push.Output, Does.Contain("go build example.org/go-hello/tools").And.Not.Contain("cmd/hello"));
        Assert.That((await app.RunAsync(cancellationToken, "web")).Output, Does.Contain("running"));
    }

    [Test, CancelAfter(180_000)]
    public async Task Should_refuse_a_module_without_a_program(CancellationToken cancellationToken)
    {
        var push = await app.PushAsync(new Dictionary<string, string> { ["main.go"] = "package hello\n", ["cmd/hello/main.go"] = "package hello\n" }, cancellationToken);

        Assert.That(push.Output, Does.Contain(" !     no main package in this module; a program has 'package main'"));
    }

    [Test, CancelAfter(180_000)]
    public async Task Should_take_a_newer_Go_from_the_module_proxy_or_say_that_there_is_none(CancellationToken cancellationToken)
    {
        // The proxy is a folder of the app; its release is a script that calls Debian's Go.
        WriteRelease(Directory.CreateDirectory(Path.Combine(app.Folder.Path, ".proxy", "golang.org", "toolchain", "@v")).FullName);
        await app.ConfigureAsync(cancellationToken, "GOPROXY=file:///app/.proxy", "GONOSUMDB=*");

        var known = await app.PushAsync(new Dictionary<string, string> { ["go.mod"] = "module example.org/go-hello\n\ngo 1.22\n" }, cancellationToken);
        var unknown = await app.PushAsync(new Dictionary<string, string> { ["go.mod"] = "module example.org/go-hello\n\ngo 1.23\n" }, cancellationToken);

        Assert.That(known.ExitCode, Is.Zero, known.Output);
        Assert.That(known.Output, Does.Contain("go1.22.10 (asked for: 1.22)"));
        Assert.That(unknown.Output, Does.Contain(" !     go.mod asks for Go 1.23: Debian has go1.19"));
    }

    private static void WriteRelease(string folder)
    {
        var version = Release[(Release.IndexOf('@', StringComparison.Ordinal) + 1)..];
        File.WriteAllText(Path.Combine(folder, "list"), $"v0.0.1-go1.21.9.linux-amd64\nv0.0.1-go1.22.3.linux-amd64\n{version}\n");
        File.WriteAllText(Path.Combine(folder, $"{version}.info"), $$"""{"Version":"{{version}}","Time":"2024-01-01T00:00:00Z"}""");
        File.WriteAllText(Path.Combine(folder, $"{version}.mod"), "module golang.org/toolchain\n");
        using var archive = ZipFile.Open(Path.Combine(folder, $"{version}.zip"), ZipArchiveMode.Create);
        Add(archive, "bin/go", "#!/bin/sh\n[ \"$1\" != version ] || { echo go version go1.22.10 linux/amd64; exit; }\nPATH=${PATH#*:} exec go \"$@\"\n");
        Add(archive, "pkg/tool/linux_amd64/none", "");
    }

    private static void Add(ZipArchive archive, string name, string content)
    {
        using var file = archive.CreateEntry($"{Release}/{name}").Open();
        file.Write(Encoding.UTF8.GetBytes(content));
    }
}
