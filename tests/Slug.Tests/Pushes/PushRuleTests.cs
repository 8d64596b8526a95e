using System.Text;
using Slug.Apps;
using Slug.Pushes;

namespace Slug.Tests.Pushes;

internal sealed class PushRuleTests
{
    private const string Id = "0123456789012345678901234567890123456789";
    private const string Zero = "0000000000000000000000000000000000000000";

    [TestCase("refs/heads/main")]
    [TestCase("refs/heads/-x")]
    [TestCase("refs/heads/$(id)")]
    [TestCase("refs/heads/a/b/ü")]
    [TestCase("refs/tags/v1.0")]
    public void A_ref_name_that_git_takes_is_taken(string name) => Assert.That(RefName.TryParse(name, null, out _), Is.True);

    [TestCase("main")]
    [TestCase("HEAD")]
    [TestCase("refs/heads")]
    [TestCase("refs/heads/")]
    [TestCase("refs/heads//a")]
    [TestCase("refs/heads/..")]
    [TestCase("refs/heads/a..b")]
    [TestCase("refs/heads/.a")]
    [TestCase("refs/heads/a.lock")]
    [TestCase("refs/heads/a.lock/b")]
    [TestCase("refs/heads/a.")]
    [TestCase("refs/heads/a b")]
    [TestCase("refs/heads/a\tb")]
    [TestCase("refs/heads/a\\b")]
    [TestCase("refs/heads/a:b")]
    [TestCase("refs/heads/a@{b")]
    [TestCase("refs/heads/a\u007f")]
    [TestCase("refs/heads/a\ufffd")]
    [TestCase("/refs/heads/a")]
    public void A_ref_name_that_could_leave_its_place_is_refused(string name) => Assert.That(RefName.TryParse(name, null, out _), Is.False);

    [Test]
    public void A_ref_name_longer_than_a_file_name_is_refused() =>
        Assert.That(RefName.TryParse($"refs/heads/{new string('a', 251)}", null, out _), Is.False);

    [TestCase(Id + " " + Zero + " refs/heads/a", true)]
    [TestCase(Zero + " " + Id + " refs/heads/a", true)]
    [TestCase(Zero + " " + Zero + " refs/heads/a", false)]
    [TestCase(Id + " refs/heads/a", false)]
    [TestCase(Id + " " + Id + "  refs/heads/a", false)]
    [TestCase("", false)]
    public void A_command_is_two_objects_and_a_ref(string line, bool valid) => Assert.That(RefCommand.Read(line), valid ? Is.Not.Null : Is.Null);

    [TestCase(Zero + " " + Id + " refs/heads/a\n", 1)]
    [TestCase(Zero + " " + Id + " refs/heads/a\n" + Zero + " " + Id + " refs/heads/b\n", 2)]
    [TestCase(Zero + " " + Id + " refs/heads/a", null)]
    [TestCase(Zero + " " + Id + " refs/heads/a\nrubbish\n", null)]
    [TestCase("\n", null)]
    [TestCase("", null)]
    public async Task A_hooks_body_is_commands_and_nothing_else(string body, int? count)
    {
        Assert.That((await ReadAsync(body)).Commands?.Count, Is.EqualTo(count));
    }

    [Test]
    public async Task A_hooks_body_beyond_all_measure_is_refused()
    {
        var lines = string.Concat(Enumerable.Range(0, 10_000).Select(number => $"{Zero} {Id} refs/heads/b{number}\n"));

        Assert.That((await ReadAsync(lines)).Commands, Is.Null);
    }

    [Test]
    public async Task Push_options_stand_before_the_commands_of_a_hooks_body()
    {
        var request = await ReadAsync($"option dir=a b\noption \n{Zero} {Id} refs/heads/a\n");

        Assert.That(request.Options, Is.EqualTo((string[])["dir=a b", ""]));
        Assert.That(request.Commands, Has.Count.EqualTo(1));
    }

    [TestCase("dir=apps/web", null)]
    [TestCase("dir=.", null)]
    [TestCase("dir=../other", "SLUG1302")]
    [TestCase("dir=a/../b", "SLUG1302")]
    [TestCase("dri=apps/web", "SLUG1301")]
    [TestCase("buildpack=nodejs", null)]
    [TestCase("no-cache", null)]
    [TestCase("clear-cache", null)]
    [TestCase("no-cash", "SLUG1301")]
    [TestCase("", "SLUG1301")]
    public void A_push_option_is_one_that_is_known_and_well_formed(string option, string? code) =>
        Assert.That(PushWishes.MistakeIn([option])?[..8], Is.EqualTo(code));

    [Test]
    public void Of_a_push_option_given_twice_the_last_one_holds() =>
        Assert.That(PushWishes.Read(["dir=a", "dir=b"]).Folder?.Path, Is.EqualTo("b"));

    [Test]
    public void Whoever_asks_for_both_gets_the_cache_cleared() =>
        Assert.That(PushWishes.Read(["clear-cache", "no-cache"]).Cache, Is.EqualTo(CacheWish.Clear));

    [TestCase("refs/heads/main")]
    [TestCase("refs/heads/master")]
    public void A_deploy_branch_builds(string name) => Assert.That(Plan(Create(name)), Is.InstanceOf<PushPlan.Allowed>().With.Property("Deploy").Not.Null);

    [TestCase("refs/heads/Main")]
    [TestCase("refs/heads/maint")]
    [TestCase("refs/heads/feature/main")]
    [TestCase("refs/tags/main")]
    public void Nothing_else_builds(string name) => Assert.That(Plan(Create(name)), Is.InstanceOf<PushPlan.Allowed>().With.Property("Deploy").Null);

    [Test]
    public void A_push_of_64_refs_is_allowed_and_of_65_refused()
    {
        var commands = Enumerable.Range(0, 65).Select(number => Create($"refs/heads/b{number}")).ToArray();

        Assert.That(Plan(commands[..64]), Is.InstanceOf<PushPlan.Allowed>());
        Assert.That(Plan(commands), Is.InstanceOf<PushPlan.Refused>().With.Property("Message").StartsWith("SLUG1010"));
    }

    [TestCase("refs/notes/a", "SLUG1011")]
    [TestCase("refs/heads/master/a", "SLUG1014")]
    public void What_is_against_the_rules_is_refused_by_its_code(string name, string code) =>
        Assert.That(Plan(Create(name)), Is.InstanceOf<PushPlan.Refused>().With.Property("Message").StartsWith(code));

    [Test]
    public void Names_of_strangers_are_shown_without_effect() =>
        Assert.That(Readable.Text("a\u001b[31m\u202eb\n" + new string('x', 500)), Does.StartWith("a\\u001b[31m\\u202eb\\u000a").And.Length.LessThan(210));

    [TestCase("0123456789abcdef0123456789abcdef01234567", true)]
    [TestCase("0123456789ABCDEF0123456789abcdef01234567", false)]
    [TestCase("0123456789abcdef0123456789abcdef0123456", false)]
    public void An_object_id_is_40_lower_case_digits(string text, bool valid) => Assert.That(ObjectId.TryParse(text, null, out _), Is.EqualTo(valid));

    private static PushPlan Plan(params RefCommand[] commands) => PushPlan.Of(commands, AppName.Parse("sample"), new());

    private static RefCommand Create(string name) => new(ObjectId.Zero, ObjectId.Parse(Id), RefName.Parse(name));

    private static Task<HookRequest> ReadAsync(string body) =>
        HookRequest.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(body)), quarantine: null, CancellationToken.None);
}
