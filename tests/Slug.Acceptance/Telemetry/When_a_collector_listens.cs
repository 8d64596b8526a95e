namespace Slug.Acceptance.Telemetry;

[Parallelizable]
public class When_a_collector_listens
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Caller = "00f067aa0ba902b7";
    private const string Secret = "sesame-open-please";

    private OtlpCollector collector = null!;
    private Installation slug = null!;
    private string app = "";
    private IReadOnlyList<Span> spans = [];
    private IReadOnlyList<Point> points = [];

    [OneTimeSetUp]
    public async Task PushAsync()
    {
        using var patience = Slugs.Patience();
        collector = await OtlpCollector.StartAsync(patience.Token);
        slug = await Installation.StartAsync(
            ["--buildpacks", Slugs.ScriptBuildpacks],
            new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url, ["OTEL_METRIC_EXPORT_INTERVAL"] = "500", ["OTEL_BSP_SCHEDULE_DELAY"] = "200" },
            patience.Token);
        app = Slugs.NewName();
        await slug.SlugAsync(patience.Token, "apps", "create", app);
        await slug.SlugAsync(patience.Token, "config", app, $"WORD={Secret}");
        using var folder = await Slugs.AppThatAsync("echo compiling", patience.Token);
        var push = await folder.GitAsync(patience.Token, "-c", $"http.extraHeader=traceparent: 00-{Trace}-{Caller}-01", "push", slug.RemoteOf(app), "main");
        Assert.That(push.Output, Does.Contain("Released v2"));
        // Twice: all of one sending is there when the next one begins.
        await Eventually.TrueAsync(() => collector.Spans.Any(span => span.Name == "push") && collector.Points.Count(point => point.Meter == "slug.push.size") > 1, patience.Token);
        (spans, points) = ([.. collector.Spans], [.. collector.Points]);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await slug.DisposeAsync();
        await collector.DisposeAsync();
    }

    [Test]
    public void Should_send_a_push_as_one_trace_below_that_of_who_pushed()
    {
        var push = Named("push").Single();
        Assert.That((push.Trace, push.Parent), Is.EqualTo((Trace, Caller)));
        Assert.That((push.Attributes["slug.app"], push.Attributes["slug.accepted"]), Is.EqualTo((app, "True")));
        Assert.That(spans.Select(span => span.Trace).Distinct(), Is.EqualTo((string[])[Trace]));
        Assert.That(Below(push), Is.EqualTo((string[])["deploy"]));
        Assert.That(Below(Named("deploy").Single()), Is.EqualTo((string[])["source", "plan", "build", "droplet", "release"]));
        Assert.That(Below(Named("build").Single()), Is.EqualTo((string[])["queue", "fetch", "detect", "restore", "compile", "release", "pack", "submit"]));
        Assert.That(spans, Has.Count.EqualTo(15));
    }

    [Test]
    public void Should_have_every_span_within_the_one_above_it()
    {
        var byId = spans.ToDictionary(span => span.Id);
        Assert.Multiple(() =>
        {
            foreach (var span in spans.Where(span => byId.ContainsKey(span.Parent)))
                Assert.That(span.Begin >= byId[span.Parent].Begin && span.End <= byId[span.Parent].End && span.Begin <= span.End, Is.True, $"{span.Name} in {byId[span.Parent].Name}");
        });
    }

    [Test]
    public void Should_send_what_the_push_made_of_the_meters()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Latest("slug.builds", ("slug.kind", "build"), ("slug.result", "succeeded")).Value, Is.EqualTo(1));
            Assert.That(Latest("slug.build.duration", ("slug.result", "succeeded")).Value, Is.GreaterThan(Latest("slug.phase.duration", ("slug.phase", "compile")).Value));
            Assert.That(Latest("slug.queue.wait").Count, Is.EqualTo(1));
            Assert.That(Latest("slug.queue.depth").Value, Is.Zero);
            Assert.That(Latest("slug.queue.running").Value, Is.Zero);
            Assert.That(Latest("slug.push.size", ("slug.accepted", "True")).Value, Is.EqualTo(double.Parse(Named("push").Single().Attributes["slug.push.size"])).And.GreaterThan(100));
            Assert.That(Latest("slug.cache.lookups", ("slug.cache", "droplet"), ("slug.hit", "False")).Value, Is.EqualTo(1));
            Assert.That(Latest("slug.store.size", ("slug.kind", "droplets")).Value, Is.GreaterThan(0));
            Assert.That(Latest("http.server.request.duration", ("http.route", "/{name}.git/git-receive-pack")).Count, Is.GreaterThan(0));
        });
    }

    [Test]
    public void Should_send_no_secret_and_nothing_else_s_requests_as_spans()
    {
        foreach (var secret in (string[])[Secret, slug.Token, slug.Token[4..], Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"git:{slug.Token}"))])
            Assert.That(collector.Everything, Does.Not.Contain(secret));
        Assert.That(collector.Everything, Does.Not.Match("/hook/[0-9a-f]{32}"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_count_a_known_tree_as_a_hit_and_a_refused_push_as_refused(CancellationToken cancellationToken)
    {
        using var folder = await Slugs.AppThatAsync("exit 3", cancellationToken);
        var other = Slugs.NewName();
        await folder.PushAsync(slug, other, cancellationToken);
        await folder.CommitAsync(new Dictionary<string, string> { ["compile.sh"] = "true" }, cancellationToken);
        await folder.PushAsync(slug, other, cancellationToken);
        await folder.CommitAsync(new Dictionary<string, string>(), cancellationToken);
        await folder.PushAsync(slug, other, cancellationToken);
        await Eventually.TrueAsync(() => Found("slug.builds", ("slug.result", "failed")) && Found("slug.builds", ("slug.result", "known")), cancellationToken);
        await Eventually.TrueAsync(() => Found("slug.cache.lookups", ("slug.cache", "droplet"), ("slug.hit", "True")) && Found("slug.push.size", ("slug.accepted", "False")), cancellationToken);
    }

    [Test, CancelAfter(30_000)]
    public async Task Should_not_start_where_the_collector_s_address_is_none(CancellationToken cancellationToken)
    {
        await using var service = RunningProgram.Start(
            Installation.Program, ["serve", "--port", "0", "--data", Path.Combine(Path.GetTempPath(), Slugs.NewName())],
            environment: new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "collector" });
        var end = await service.EndAsync(cancellationToken);
        Assert.That(end.ExitCode, Is.Not.Zero);
        Assert.That(end.Output, Does.Contain("SLUG9022: 'collector' of OTEL_EXPORTER_OTLP_ENDPOINT"));
    }

    [Test]
    public void Should_not_load_the_exporter_where_there_is_none()
    {
        Assert.That(File.ReadAllText($"/proc/{slug.Service.Id}/maps"), Does.Contain("OpenTelemetry"));
        Assert.That(File.ReadAllText($"/proc/{Slugs.Scripted.Service.Id}/maps"), Does.Not.Contain("OpenTelemetry"));
    }

    private IEnumerable<Span> Named(string name) => spans.Where(span => span.Name == name);

    private IEnumerable<string> Below(Span parent) => spans.Where(span => span.Parent == parent.Id).OrderBy(span => span.Begin).ThenBy(span => span.End).Select(span => span.Name);

    private Point Latest(string meter, params (string Name, string Value)[] attributes) =>
        points.Last(point => point.Meter == meter && attributes.All(attribute => point.Attributes.GetValueOrDefault(attribute.Name) == attribute.Value));

    private bool Found(string meter, params (string Name, string Value)[] attributes) =>
        collector.Points.Any(point => point.Meter == meter && attributes.All(attribute => point.Attributes.GetValueOrDefault(attribute.Name) == attribute.Value));
}
