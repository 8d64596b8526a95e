using System.Text.Json;
using Slug.Engines;
using Slug.Engines.Wire;

namespace Slug.Tests.Engines;

internal sealed class BuildContainerTests
{
    private static readonly JsonElement Spec = JsonSerializer.SerializeToElement(
        new BuildContainer
        {
            Image = "sha256:abc",
            Command = ["/slug/slug-builder"],
            Environment = new Dictionary<string, string> { ["SLUG_TOKEN"] = "t" },
            Labels = new Dictionary<string, string> { ["slug"] = "0123abcd" },
            Network = "none",
            Mounts = [Mount.Readable("/srv/builder", "/slug"), Mount.Writable("/srv/run", "/slug/run")],
            Limits = new() { Memory = 1 << 30, Cpus = 1.5, Processes = 100, FileSize = 7, OpenFiles = 9 },
        }.ToSpec(), EngineJson.Default.ContainerSpec);

    private static readonly JsonElement Host = Spec.GetProperty("HostConfig");

    [Test]
    public void It_runs_as_the_stacks_user_without_any_right_to_gain_more()
    {
        Assert.That(Spec.GetProperty("User").GetString(), Is.EqualTo("1000:1000"));
        Assert.That(Host.GetProperty("Privileged").GetBoolean(), Is.False);
        Assert.That(Host.GetProperty("CapDrop")[0].GetString(), Is.EqualTo("ALL"));
        Assert.That(Host.GetProperty("SecurityOpt")[0].GetString(), Is.EqualTo("no-new-privileges:true"));
        Assert.That(Host.GetProperty("Devices").GetArrayLength(), Is.Zero);
    }

    [Test]
    public void It_shares_nothing_with_the_host_but_its_mounts()
    {
        Assert.That(Host.GetProperty("IpcMode").GetString(), Is.EqualTo("private"));
        Assert.That(Host.GetProperty("CgroupnsMode").GetString(), Is.EqualTo("private"));
        Assert.That(Host.GetProperty("PidMode").GetString(), Is.Empty);
        Assert.That(Host.GetProperty("NetworkMode").GetString(), Is.EqualTo("none"));
        Assert.That(Host.GetProperty("Mounts").GetRawText(), Is.EqualTo(
            """[{"Type":"bind","Source":"/srv/builder","Target":"/slug","ReadOnly":true},{"Type":"bind","Source":"/srv/run","Target":"/slug/run","ReadOnly":false}]"""));
    }

    [Test]
    public void Its_limits_are_the_engines_words_for_them()
    {
        Assert.That(Host.GetProperty("Memory").GetInt64(), Is.EqualTo(1L << 30));
        Assert.That(Host.GetProperty("MemorySwap").GetInt64(), Is.EqualTo(1L << 30));
        Assert.That(Host.GetProperty("PidsLimit").GetInt64(), Is.EqualTo(100));
        Assert.That(Host.GetProperty("NanoCpus").GetInt64(), Is.EqualTo(1_500_000_000));
        Assert.That(Host.GetProperty("OomScoreAdj").GetInt32(), Is.EqualTo(500));
        Assert.That(Host.GetProperty("Ulimits").GetRawText(), Is.EqualTo(
            """[{"Name":"core","Soft":0,"Hard":0},{"Name":"nofile","Soft":9,"Hard":9},{"Name":"fsize","Soft":7,"Hard":7}]"""));
    }

    [Test]
    public void It_is_never_started_again_and_its_orphans_are_reaped()
    {
        Assert.That(Host.GetProperty("RestartPolicy").GetProperty("Name").GetString(), Is.EqualTo("no"));
        Assert.That(Host.GetProperty("Init").GetBoolean(), Is.True);
        Assert.That(Host.GetProperty("AutoRemove").GetBoolean(), Is.False);
        Assert.That(Host.GetProperty("LogConfig").GetProperty("Type").GetString(), Is.EqualTo("local"));
    }

    [Test]
    public void Its_command_and_environment_replace_those_of_the_image()
    {
        Assert.That(Spec.GetProperty("Entrypoint")[0].GetString(), Is.EqualTo("/slug/slug-builder"));
        Assert.That(Spec.GetProperty("Env")[0].GetString(), Is.EqualTo("SLUG_TOKEN=t"));
        Assert.That(Spec.GetProperty("Labels").GetProperty("slug").GetString(), Is.EqualTo("0123abcd"));
        Assert.That(Spec.TryGetProperty("Cmd", out _), Is.False);
    }
}
