namespace Slug.Acceptance.Buildpacks;

[Parallelizable]
public sealed class When_pushing_a_Java_app
{
    // A wrapper that fetches nothing: it compiles, says what it was asked for, and packs two programs.
    private const string Wrapper =
        """
        #!/bin/bash
        set -e
        echo "asked for ${@: -1} with trust ${GRADLE_OPTS:0:30}"
        mkdir -p web/build/libs worker/build/libs
        javac -d classes src/main/java/hello/Main.java
        jar --create --file web/build/libs/web-1.0.jar --main-class hello.Main -C classes .
        jar --create --file worker/build/libs/worker-1.0.jar --main-class hello.Main -C classes .
        jar --create --file worker/build/libs/library-1.0.jar -C classes .
        """;

    private ChangingApp app = null!;

    [OneTimeSetUp]
    public async Task PushAsync() => app = await ChangingApp.OfSampleAsync("java-hello");

    [OneTimeTearDown]
    public void RemoveFolder() => app.Dispose();

    [Test, CancelAfter(180_000)]
    public async Task Should_keep_JDK_and_runtime_in_the_cache_and_say_what_the_compiler_says(CancellationToken cancellationToken)
    {
        var push = await app.PushAsync(new Dictionary<string, string> { ["src/main/java/hello/Main.java"] = "class Main { missing }" }, cancellationToken);

        Assert.That(push.ExitCode, Is.Not.Zero);
        Assert.That(push.Output, Does.Contain("openjdk-17-jdk-headless maven").And.Contain("from the cache").And.Contain("Main.java").And.Contain(" !     Maven failed"));
    }

    [Test, CancelAfter(180_000)]
    public async Task Should_refuse_a_jar_that_does_not_say_where_it_starts(CancellationToken cancellationToken)
    {
        var pom = await File.ReadAllTextAsync(Path.Combine(Repository.Sample("java-hello"), "pom.xml"), cancellationToken);
        var push = await app.PushAsync(new Dictionary<string, string> { ["pom.xml"] = pom.Replace("<mainClass>hello.Main</mainClass>", "", StringComparison.Ordinal) }, cancellationToken);

        Assert.That(push.ExitCode, Is.Not.Zero);
        Assert.That(push.Output, Does.Contain(" !     no jar or war says where it starts"));
    }

    [TestCase("java.runtime.version=99", "Unable to locate package openjdk-99-jdk-headless")]
    [TestCase("java.runtime.version=new", " !     system.properties: java.runtime.version 'new' is no version")]
    [CancelAfter(180_000)]
    public async Task Should_refuse_a_Java_that_is_not_there(string line, string words, CancellationToken cancellationToken)
    {
        var push = await app.PushAsync(new Dictionary<string, string> { ["system.properties"] = $"{line}\n" }, cancellationToken);

        Assert.That(push.ExitCode, Is.Not.Zero);
        Assert.That(push.Output, Does.Contain(words));
    }

    [Test, CancelAfter(180_000)]
    public async Task Should_run_the_Gradle_wrapper_and_make_a_process_type_of_each_program(CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, string> { ["src/main/java/hello/Main.java"] = "package hello; class Main { public static void main(String[] a) { System.out.println(\"running\"); } }", ["build.gradle"] = "task stage {}" };
        using var folder = await GitFolder.OfAsync(files, cancellationToken);
        var name = Slugs.NewName();

        var without = await folder.PushAsync(Slugs.Real, name, cancellationToken);
        await folder.CommitAsync(new Dictionary<string, string> { ["gradlew"] = Wrapper }, cancellationToken);
        var with = await folder.PushAsync(Slugs.Real, name, cancellationToken);

        Assert.That(without.Output, Does.Contain(" !     gradlew is missing"));
        Assert.That(with.ExitCode, Is.Zero, with.Output);
        Assert.That(with.Output, Does.Contain("asked for stage with trust -Djavax.net.ssl.trustStore=").And.Contain("Defaults of java -> web, worker"));
        Assert.That((await Slugs.Real.SlugAsync(cancellationToken, "run", name, "worker")).Output, Does.Contain("running"));
    }
}
