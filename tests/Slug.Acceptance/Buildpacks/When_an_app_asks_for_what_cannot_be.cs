namespace Slug.Acceptance.Buildpacks;

[Parallelizable]
public sealed class When_an_app_asks_for_what_cannot_be
{
    private const string Empty = "{}";

    private static IEnumerable<TestCaseData> Refusals =>
    [
        Refusal("two lockfiles", "there are two lockfiles, package-lock.json and yarn.lock", ("package.json", Empty), ("package-lock.json", Empty), ("yarn.lock", "")),
        Refusal("Bun's lockfile", "bun.lock: Bun is not among the package managers", ("package.json", Empty), ("bun.lock", Empty)),
        Refusal("another package manager", "packageManager 'bun@1.2.0' is not npm, yarn or pnpm with a full version", ("package.json", """{"packageManager":"bun@1.2.0"}""")),
        Refusal("a range as package manager", "packageManager 'pnpm@10' is not npm, yarn or pnpm with a full version", ("package.json", """{"packageManager":"pnpm@10"}""")),
        Refusal("another one's lockfile", "packageManager is 'pnpm@10.34.8', but the lockfile is yarn.lock", ("package.json", """{"packageManager":"pnpm@10.34.8"}"""), ("yarn.lock", "")),
        Refusal("an unknown lockfile", "pnpm-lock.yaml is of version '99.0', which this buildpack does not know", ("package.json", Empty), ("pnpm-lock.yaml", "lockfileVersion: '99.0'\n")),
        Refusal("another checksum", "packageManager: yarn 1.22.22 has the checksum sha1.", ("package.json", """{"packageManager":"yarn@1.22.22+sha1.0000"}"""), ("yarn.lock", "# yarn lockfile v1\n")),
        Refusal("a Python that is not there", ".python-version asks for '3.99'; the stack has Python 3.", ("requirements.txt", ""), (".python-version", "3.99\n")),
        Refusal("a Python that is not there, in runtime.txt", "runtime.txt asks for 'python-2.7.18'; the stack has Python 3.", ("requirements.txt", ""), ("runtime.txt", "python-2.7.18\n")),
        Refusal("a Python that the project cannot do with", "pyproject.toml: requires-python is '<3'; the stack has Python 3.", ("pyproject.toml", "[project]\nname = 'x'\nrequires-python = '<3'\n")),
        Refusal("a project of a tool's own form", "pyproject.toml has no [project] table", ("pyproject.toml", "[tool.poetry]\nname = 'x'\n")),
        Refusal("dependencies of a build backend", "pyproject.toml leaves its dependencies to a build backend", ("pyproject.toml", "[project]\nname = 'x'\ndynamic = ['dependencies']\n")),
        Refusal("a static file too many", "collectstatic failed", ("requirements.txt", ""), ("manage.py", "# Stands for django's.\nraise SystemExit(1)\n")),
        Refusal("an SDK that is not there", "global.json asks for the .NET SDK 1.0.0 (rollForward: disable); the stack has 10.", ("x.csproj", "<Project/>"), ("global.json", """{"sdk":{"version":"1.0.0","rollForward":"disable"}}""")),
    ];

    [TestCaseSource(nameof(Refusals)), CancelAfter(180_000)]
    public async Task Should_name_it_and_reject_the_push(Dictionary<string, string> files, string words, CancellationToken cancellationToken)
    {
        using var folder = await GitFolder.OfAsync(files, cancellationToken);

        var push = await folder.PushAsync(Slugs.Real, Slugs.NewName(), cancellationToken);

        Assert.That(push.ExitCode, Is.Not.Zero);
        Assert.That(push.Output, Does.Contain($" !     {words}"));
    }

    private static TestCaseData Refusal(string name, string words, params (string Name, string Content)[] files) =>
        new TestCaseData(files.ToDictionary(file => file.Name, file => file.Content), words).SetArgDisplayNames(name);
}
