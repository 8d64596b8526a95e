using System.Net.Http.Headers;
using Slug.Commands;
using Slug.Commands.Images;
using Slug.Content;
using Slug.Tests.Registry;

namespace Slug.Tests.Commands.Images;

[CancelAfter(60_000)]
public class When_an_image_is_pushed_elsewhere
{
    private readonly List<string> told = [];
    private RegistryScene scene = null!;
    private OtherRegistry other = null!;
    private AuthenticationHeaderValue? login;

    [SetUp]
    public async Task StartAsync()
    {
        (scene, other, login) = (await RegistryScene.StartAsync(), await OtherRegistry.StartAsync(), null);
        told.Clear();
        await scene.ReleaseAsync("hello");
    }

    [TearDown]
    public async Task StopAsync()
    {
        await other.DisposeAsync();
        await scene.DisposeAsync();
    }

    [Test]
    public async Task Should_be_there_byte_by_byte([Values("v1", "v1-zstd")] string tag, CancellationToken cancellationToken)
    {
        var pushed = await PushAsync(cancellationToken, tag);
        var (digest, manifest) = await scene.ManifestAsync(tag);
        Assert.That(Digest.Of(other.Manifests["stable"]), Is.EqualTo(digest).And.EqualTo(pushed.Digest));
        foreach (var blob in manifest.Layers.Append(manifest.Config))
            Assert.That(Digest.Of(other.Blobs[$"{blob.Digest}"]), Is.EqualTo(blob.Digest));
        Assert.That(pushed.Sent, Is.EqualTo(pushed.Size));
        Assert.That(told, Has.Exactly(3).EndsWith(": sent"));
    }

    [Test]
    public async Task Should_send_only_what_is_not_there(CancellationToken cancellationToken)
    {
        await PushAsync(cancellationToken);
        Assert.That((await PushAsync(cancellationToken)).Sent, Is.Zero);
        await scene.ReleaseAsync("changed");
        told.Clear();
        var second = await PushAsync(cancellationToken, "v2");
        Assert.That(told, Has.Exactly(1).EndsWith(": there already").And.Exactly(2).EndsWith(": sent"));
        Assert.That(second.Sent, Is.LessThan(second.Size));
    }

    [Test]
    public async Task Should_have_layers_taken_from_another_repository(CancellationToken cancellationToken)
    {
        var layer = (await scene.ManifestAsync("v1")).Manifest.Layers[0].Digest;
        other.Neighbour = ("team/base", layer);
        await PushAsync(cancellationToken, mountFrom: "team/base");
        Assert.That(told, Has.Exactly(1).EndsWith("taken from another repository").And.Exactly(2).EndsWith(": sent"));
        Assert.That(other.Requests, Has.Exactly(2).StartsWith("PATCH"));
    }

    [Test]
    public async Task Should_go_on_where_it_broke_off(CancellationToken cancellationToken)
    {
        other.Breaks = 1;
        var pushed = await PushAsync(cancellationToken);
        // Asked where it broke off; asked again where that question ran into the broken connection as well.
        Assert.That(other.Requests, Has.Some.StartsWith("GET /uploads/"));
        Assert.That(Digest.Of(other.Manifests["stable"]), Is.EqualTo(pushed.Digest));
        Assert.That(other.Blobs, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Should_begin_a_blob_again_that_the_registry_forgot(CancellationToken cancellationToken)
    {
        (other.Breaks, other.Forgets) = (1, true);
        await PushAsync(cancellationToken);
        Assert.That(other.Blobs, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Should_leave_the_tag_as_it_was_where_the_registry_stays_away(CancellationToken cancellationToken)
    {
        other.Breaks = int.MaxValue;
        Assert.That(() => PushAsync(cancellationToken), Throws.TypeOf<CommandException>().With.Message.StartsWith("SLUG4125").And.Message.Contains("repeat the command"));
        Assert.That(other.Manifests, Is.Empty);
        other.Breaks = 0;
        await PushAsync(cancellationToken);
        Assert.That(other.Manifests.Keys, Is.EqualTo((string[])["stable"]));
    }

    [Test]
    public async Task Should_show_name_and_password_or_a_token_for_them([Values] bool token, CancellationToken cancellationToken)
    {
        (other.Secret, other.GivesTokens) = ("ann:right", token);
        login = DockerLogins.Basic("ann", "right");
        await PushAsync(cancellationToken);
        Assert.That(other.Requests.Where(request => request.Contains("/token", StringComparison.Ordinal)), token ? Is.All.Contains("scope=repository%3Ateam%2Fapp%3Apull%2Cpush") : Is.Empty);
        Assert.That(other.Manifests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Should_show_neither_to_a_machine_that_uploads_are_sent_on_to(CancellationToken cancellationToken)
    {
        await using var storage = await OtherRegistry.StartAsync();
        (other.Secret, other.Elsewhere, login) = ("ann:right", storage, DockerLogins.Basic("ann", "right"));
        await PushAsync(cancellationToken);
        Assert.That(storage.Blobs, Has.Count.EqualTo(3));
        Assert.That(storage.Authorizations, Is.All.Empty);
    }

    [Test]
    public void Should_say_that_the_password_is_wrong([Values] bool token, CancellationToken cancellationToken)
    {
        (other.Secret, other.GivesTokens) = ("ann:right", token);
        login = DockerLogins.Basic("ann", "wrong");
        Assert.That(() => PushAsync(cancellationToken), Throws.TypeOf<CommandException>().With.Message.StartsWith($"SLUG4122: '{other.Host}'"));
    }

    [Test]
    public void Should_say_how_to_log_in([Values] bool token, CancellationToken cancellationToken)
    {
        (other.Secret, other.GivesTokens) = ("ann:right", token);
        Assert.That(() => PushAsync(cancellationToken), Throws.TypeOf<CommandException>().With.Message.StartsWith("SLUG4121").And.Message.Contains($"docker login {other.Host}"));
    }

    [Test]
    public void Should_say_what_the_registry_says_where_it_forbids(CancellationToken cancellationToken)
    {
        other.Forbids = "no room for \u001b[31mteam/app";
        Assert.That(() => PushAsync(cancellationToken), Throws.TypeOf<CommandException>().With.Message.StartsWith("SLUG4123").And.Message.Contains("no room for"));
    }

    [Test]
    public async Task Should_say_that_nobody_answers(CancellationToken cancellationToken)
    {
        var address = other.Address;
        await other.DisposeAsync();
        using var source = Source();
        using var gone = new RegistryConnection(address, "gone", "", () => null);
        var push = new ImagePush(new(source, "app"), new(gone, "team/app"), null, told.Add, TimeSpan.FromMilliseconds(1));
        Assert.That(() => push.RunAsync("v1", "stable", cancellationToken), Throws.TypeOf<CommandException>().With.Message.Contains("SLUG4125"));
    }

    [Test]
    public void Should_say_what_the_service_says(CancellationToken cancellationToken) =>
        Assert.That(() => PushAsync(cancellationToken, "v9"), Throws.TypeOf<CommandException>().With.Message.StartsWith("SLUG4102"));

    [Test]
    public async Task Should_not_take_a_damaged_layer_along(CancellationToken cancellationToken)
    {
        var layer = (await scene.ManifestAsync("v1")).Manifest.Layers[0];
        scene.Damage(layer.Digest);
        Assert.That(() => PushAsync(cancellationToken), Throws.TypeOf<CommandException>());
        Assert.That(other.Manifests, Is.Empty);
        Assert.That(other.Blobs.Keys, Does.Not.Contain($"{layer.Digest}"));
    }

    [Test]
    public void Should_not_let_a_registry_with_TLS_have_the_password_sent_without()
    {
        using var bare = new RegistryConnection(new("https://registry.example.org"), "registry.example.org", "", () => DockerLogins.Basic("ann", "right"));
        Assert.That(() => bare.TokenAsync(Challenge.Parse("realm=\"http://registry.example.org/token\""), CancellationToken.None), Throws.TypeOf<CommandException>().With.Message.StartsWith("SLUG4110"));
    }

    private async Task<PushedImage> PushAsync(CancellationToken cancellationToken, string tag = "v1", string? mountFrom = null)
    {
        using var source = Source();
        using var registry = new RegistryConnection(other.Address, other.Host, "repository:team/app:pull,push", () => login);
        void Tell(string line)
        {
            lock (told)
                told.Add(line);
        }

        return await new ImagePush(new(source, "app"), new(registry, "team/app"), mountFrom, Tell, TimeSpan.FromMilliseconds(1)).RunAsync(tag, "stable", cancellationToken);
    }

    private RegistryConnection Source() => new(new Uri(scene.Url + "/"), "slug", "repository:app:pull", () => new("Bearer", scene.Token));
}
