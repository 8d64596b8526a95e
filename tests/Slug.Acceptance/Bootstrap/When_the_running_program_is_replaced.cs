using Slug.Bootstrap;
using Slug.Commands;
using Slug.Commands.Services;
using Slug.Commands.Terminals;
using Slug.Hosting;

namespace Slug.Acceptance.Bootstrap;

[Parallelizable]
public class When_the_running_program_is_replaced
{
    private readonly List<string> folders = [];

    [TearDown]
    public void Remove()
    {
        folders.ForEach(folder => Directory.Delete(folder, recursive: true));
        folders.Clear();
    }

    [Test, CancelAfter(240_000)]
    public async Task Should_lose_no_push_that_was_accepted_while_others_push_all_the_time(CancellationToken cancellationToken)
    {
        await using var slug = await Installation.StartAsync(["--buildpacks", Slugs.ScriptBuildpacks], cancellationToken);
        var before = RunningService.Find(new DataDirectory(slug.Data))!;
        PushingHard[] pushers = [await PushingHard.StartAsync(slug, "one", cancellationToken), await PushingHard.StartAsync(slug, "two", cancellationToken)];
        foreach (var pusher in pushers)
            await pusher.HasBeenAcceptedAsync(2, cancellationToken);

        await ReplaceAsync(slug, await CopyOfProgramAsync(cancellationToken), cancellationToken);

        foreach (var pusher in pushers)
            await pusher.HasBeenAcceptedAsync(pusher.Accepted.Count + 2, cancellationToken);
        var after = RunningService.Find(new DataDirectory(slug.Data))!;
        Assert.That(after.Url, Is.EqualTo(before.Url));
        Assert.That(after.Pid, Is.Not.EqualTo(before.Pid));
        foreach (var pusher in pushers)
        {
            using var account = pusher;
            await pusher.EndAsync();
            var releases = (await slug.SlugAsync(cancellationToken, "releases", pusher.App, "--json")).Output;
            Assert.That(pusher.Accepted.Where(commit => !releases.Contains(commit, StringComparison.Ordinal)), Is.Empty);
            Assert.That(await pusher.BranchAsync(cancellationToken), Is.EqualTo(pusher.Accepted[^1]));
        }
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_come_back_by_itself_with_its_state_when_the_new_one_is_not_well(CancellationToken cancellationToken)
    {
        await using var slug = await Installation.StartAsync(["--buildpacks", Slugs.ScriptBuildpacks], cancellationToken);
        using var folder = await Slugs.AppThatAsync("true", cancellationToken);
        Assert.That((await folder.PushAsync(slug, "kept", cancellationToken)).Output, Does.Contain("Released v1"));

        Assert.That(
            async () => await ReplaceAsync(slug, BrokenProgram(), cancellationToken),
            Throws.InstanceOf<CommandException>().With.Message.Contain("SLUG9822").And.Message.Contain("I am broken"));

        Assert.That((await slug.SlugAsync(cancellationToken, "releases", "kept", "--json")).Output, Does.Contain("Deploy"));
        await folder.CommitAsync(new Dictionary<string, string> { ["more"] = "" }, cancellationToken);
        Assert.That((await folder.PushAsync(slug, "kept", cancellationToken)).Output, Does.Contain("Released v2"));
    }

    private static Task ReplaceAsync(Installation slug, SelfProgram program, CancellationToken cancellationToken)
    {
        var data = new DataDirectory(slug.Data);
        return new Replacement(data, new Steps(TestContext.Out, TimeProvider.System), TimeProvider.System)
            .RunAsync(RunningService.Find(data)!, program, cancellationToken);
    }

    private async Task<SelfProgram> CopyOfProgramAsync(CancellationToken cancellationToken)
    {
        var folder = NewFolder();
        await using var copy = RunningProgram.Start("cp", ["--archive", "--dereference", $"{Path.GetDirectoryName(Installation.Program)}/.", folder]);
        await copy.EndAsync(cancellationToken);
        return new(Path.Combine(folder, "slug"), Runtime: null);
    }

    // It spoils the state before it ends.
    private SelfProgram BrokenProgram()
    {
        var program = Path.Combine(NewFolder(), "slug");
        File.WriteAllText(program,
            """
            #!/bin/sh
            while [ $# -gt 0 ]; do
                if [ "$1" = --data ]; then echo spoilt >"$2/slug.db"; fi
                shift
            done
            echo "I am broken" >&2
            exit 1
            """);
        File.SetUnixFileMode(program, (UnixFileMode)0b111_101_101);
        return new(program, Runtime: null);
    }

    private string NewFolder()
    {
        folders.Add(Directory.CreateTempSubdirectory("slug-next-").FullName);
        return folders[^1];
    }
}
