using System.Text.Json;

namespace Slug.Acceptance.Bootstrap;

/// <summary>One bootstrap of the commit under test, looked at from several sides.</summary>
[Parallelizable]
public class When_Slug_compiles_itself
{
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(18);

    private string temporary = null!;
    private string[] stagesBefore = [];
    private ProgramResult bootstrap = null!;
    private JsonElement report;

    [OneTimeSetUp]
    public async Task BootstrapAsync()
    {
        using var timeout = new CancellationTokenSource(patience);
        temporary = Directory.CreateTempSubdirectory("slug-bs-").FullName;
        stagesBefore = await Docker.ContainersAsync("slug.stage", timeout.Token);
        var file = Path.Combine(temporary, "report.json");
        await using (var program = RunningProgram.Start(
            "bash", ["-c", """exec "$0" bootstrap --json --data "$2" >"$1" """, Installation.Program, file, Slugs.Real.Data],
            environment: new Dictionary<string, string> { ["SLUG_ROOT"] = Repository.Root, ["TMPDIR"] = temporary }))
        {
            bootstrap = await program.EndAsync(timeout.Token);
        }

        var json = await File.ReadAllTextAsync(file, timeout.Token);
        Assert.That(json, Is.Not.Empty, bootstrap.Output);
        report = JsonDocument.Parse(json).RootElement;
        File.Delete(file);
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(temporary, recursive: true);

    [Test]
    public void Should_end_with_stage_3_equal_to_stage_2()
    {
        Assert.That(bootstrap.ExitCode, Is.Zero, bootstrap.Output);
        Assert.That(report.GetProperty("holds").GetBoolean());
        var stages = report.GetProperty("stages").EnumerateArray().ToArray();
        Assert.That(stages[2].GetProperty("droplet").GetString(), Is.EqualTo(stages[1].GetProperty("droplet").GetString()).And.StartsWith("sha256:"));
        Assert.That(report.GetProperty("comparisons").EnumerateArray().Last().GetProperty("count").GetInt32(), Is.Zero);
    }

    [Test]
    public void Should_have_run_its_unit_tests_in_the_build_container_of_stage_2() =>
        Assert.That(Count(report.GetProperty("stages")[1], "tests", "passed"), Is.GreaterThan(500), bootstrap.Output);

    [Test]
    public void Should_have_tried_stage_2_from_outside() =>
        Assert.That(
            (Count(report.GetProperty("stages")[1], "smoke", "passed"), Count(report.GetProperty("stages")[1], "smoke", "failed")), Is.EqualTo((4, 0)));

    [Test, CancelAfter(20_000)]
    public async Task Should_have_kept_the_report_as_an_event(CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", Slugs.Real.Token);
        var kept = await client.GetStringAsync(new Uri($"{Slugs.Real.Url}/slug/bootstraps"), cancellationToken);
        Assert.That(JsonDocument.Parse(kept).RootElement[0].GetProperty("commit").GetString(), Is.EqualTo(report.GetProperty("commit").GetString()));
    }

    [Test, CancelAfter(20_000)]
    public async Task Should_leave_nothing_behind(CancellationToken cancellationToken)
    {
        Assert.That(Directory.EnumerateFileSystemEntries(temporary, "slug-*"), Is.Empty);
        Assert.That(await Docker.ContainersAsync("slug.stage", cancellationToken), Is.SubsetOf(stagesBefore));
    }

    private static int Count(JsonElement stage, string tally, string what) => stage.GetProperty(tally).GetProperty(what).GetInt32();
}
