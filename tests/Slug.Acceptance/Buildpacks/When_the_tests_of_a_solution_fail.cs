namespace Slug.Acceptance.Buildpacks;

/// <summary>Three test projects that run before anything is published: one holds, one has a test that fails, and one does not come to its tests.</summary>
[Parallelizable]
public sealed class When_the_tests_of_a_solution_fail
{
    private const string TestPackages = """
        <ItemGroup>
          <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.11.0" />
          <PackageReference Include="NUnit" Version="5.0.0" />
          <PackageReference Include="NUnit3TestAdapter" Version="6.3.1" />
        </ItemGroup>
        """;

    [Test, CancelAfter(300_000)]
    public async Task Should_run_all_of_them_name_those_that_failed_and_reject_the_push(CancellationToken cancellationToken)
    {
        using var folder = await GitFolder.OfAsync(
            new Dictionary<string, string>
            {
                ["web/web.csproj"] = Project("<OutputType>Exe</OutputType>", ""),
                ["web/Program.cs"] = "System.Console.WriteLine();\n",
                ["holds/holds.csproj"] = Tests("""<Warning Text="one is one" />"""),
                ["breaks/breaks.csproj"] = Tests("""<Error Text="nothing runs here" />"""),
                ["solution.slnx"] = """<Solution><Project Path="web/web.csproj" /></Solution>""",
                ["fails/fails.csproj"] = Project("", TestPackages),
                ["fails/Numbers.cs"] = """
                    using NUnit.Framework;

                    public class Numbers
                    {
                        [Test] public void One_is_one() => Assert.That(int.Parse("1"), Is.EqualTo(1));

                        [Test] public void One_is_two() => Assert.That(int.Parse("1"), Is.EqualTo(2), "one is not two");
                    }
                    """,
            },
            cancellationToken);
        var name = Slugs.NewName();
        await Slugs.Real.SlugAsync(cancellationToken, "apps", "create", name);
        await Slugs.Real.SlugAsync(cancellationToken, "config", name, "DOTNET_TEST_PROJECTS=fails holds breaks");

        var push = await folder.PushAsync(Slugs.Real, name, cancellationToken);

        Assert.That(push.ExitCode, Is.Not.Zero);
        Assert.That(push.Output, Does.Contain("one is one").And.Match(" !     the tests of (fails breaks|breaks fails) failed: see above").And.Not.Contains("Publishing"));
        var end = push.Output.Split("-----> What failed")[1].Split("the tests of")[0];
        Assert.That(end, Does.Match(@"Failed One_is_two \[").And.Contains("one is not two").And.Contains("nothing runs here").And.Not.Contains("Stack Trace").And.Not.Contains("One_is_one"));
    }

    private static string Tests(string task) => Project("", $"""<Target Name="Try" BeforeTargets="VSTest">{task}</Target>""");

    private static string Project(string property, string target) =>
        $"""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework>{property}</PropertyGroup>{target}</Project>""";
}
