using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Slug.Tests;

/// <summary>The lines that hold the house together.</summary>
public class HouseTests
{
    // In the order of the flow: a stage may use those before it, never those after.
    private static readonly string[] stages = ["Pushes", "Sources", "Builds", "Droplets", "Releases"];

    // What stages stand on, as far as it stands alone.
    private static readonly string[] grounds = ["Downloads", "Heroku", "Remotes"];

    private static readonly string[] waysIn = ["Api", "Commands", "Dashboard", "Platform", "Registry", "Webhooks.Incoming"];

    [Test]
    public void No_stage_uses_a_later_one_or_a_way_in([ValueSource(nameof(stages))] string stage)
    {
        Assert.That(UsesOf(stage, stages.SkipWhile(name => name != stage).Skip(1).Concat(waysIn)), Is.Empty);
    }

    [Test]
    public void What_tells_of_changes_uses_no_way_in() => Assert.That(UsesOf("Webhooks.Outgoing", waysIn), Is.Empty);

    [Test]
    public void The_compiler_is_given_nothing_that_it_orders_differently_each_time()
    {
        // Slug compiles to the same bytes each time. Two things did not: the generator behind [LoggerMessage] orders its classes by hash
        // codes, and delegate types made for lambdas or methods with default arguments are numbered as threads come to them.
        var types = typeof(Slug.Hosting.Service).Assembly.GetTypes();
        Assert.Multiple(() =>
        {
            Assert.That(types.Where(LogsByGenerator).Select(type => type.Name), Is.EqualTo((string[])["OperatorLog"]), "classes with [LoggerMessage]");
            Assert.That(types.Where(type => type.Name.Contains("AnonymousDelegate", StringComparison.Ordinal)), Is.Empty);
        });
    }

    [TestCase("shell.sh")]
    [TestCase("apt.sh")]
    public void Every_buildpack_has_the_same_shell_words(string name)
    {
        // A buildpack is one folder, pinned by its content: what they share is copied, and held equal here.
        var copies = Directory.GetFiles(Path.Combine(Checkout.Root, "buildpacks"), name, SearchOption.AllDirectories);
        Assert.That(copies, Is.Not.Empty);
        Assert.That(copies.Select(File.ReadAllText).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void Every_buildpack_has_a_page_a_place_in_the_order_and_the_shell_words()
    {
        var root = Path.Combine(Checkout.Root, "buildpacks");
        var names = Directory.GetDirectories(root).Select(Path.GetFileName).ToList();
        Assert.That(File.ReadAllLines(Path.Combine(root, "order")), Is.EquivalentTo(names));
        foreach (var name in names)
        {
            Assert.That(Path.Combine(root, name!, "lib", "shell.sh"), Does.Exist);
            var page = File.ReadAllText(Path.Combine(root, name!, "README.md"));
            foreach (var heading in (string[])["**detects by**", "**installs**", "**process types**", "**caches**", "## Common failures"])
                Assert.That(page, Does.Contain(heading), name);
        }
    }

    [Test]
    public void Nothing_that_stages_stand_on_uses_one([ValueSource(nameof(grounds))] string ground)
    {
        Assert.That(UsesOf(ground, stages.Concat(waysIn)), Is.Empty);
    }

    private static IEnumerable<string> UsesOf(string folder, IEnumerable<string> forbidden) =>
        (from type in typeof(Slug.Hosting.Service).Assembly.GetTypes()
         where IsIn(type, folder)
         from used in TypesIn(type)
         where forbidden.Any(name => IsIn(used, name))
         select $"{type.FullName} uses {used.FullName}").Distinct();

    // Folders within a folder are part of it.
    private static bool IsIn(Type type, string folder) => $"{type.Namespace}.".StartsWith($"Slug.{folder}.", StringComparison.Ordinal);

    private static IEnumerable<Type> TypesIn(Type type)
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var named = type.GetFields(all).Select(field => field.FieldType)
            .Concat(type.GetProperties(all).Select(property => property.PropertyType))
            .Concat(type.GetConstructors(all).SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType))
            .Concat(type.GetMethods(all).SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)))
            .Concat(type.GetMethods(all).SelectMany(method => method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? []))
            .Append(type.BaseType ?? typeof(object));
        return named.SelectMany(used => used.IsGenericType ? used.GetGenericArguments().Append(used) : [used]);
    }

    private static bool LogsByGenerator(Type type) =>
        type.GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance)
            .Any(method => method.IsDefined(typeof(LoggerMessageAttribute), inherit: false));
}
