using Microsoft.Extensions.Options;
using Slug.Apps;
using Slug.Buildpacks;
using Slug.Engines;
using Slug.Pushes;
using Slug.Remotes;
using Slug.Sources;
using Slug.Stacks;

namespace Slug.Builds;

/// <summary>Pins all that a build will use, at the moment it is asked for.</summary>
internal sealed class BuildPlans(
    StackCatalog stacks, StackChanges changes, ChosenBuildpacks buildpacks, ConfigVars configVars, SourceFiles files, BuilderProgram builder, IOptions<BuildOptions> options)
{
    public async Task<PlanResult> MakeAsync(Push push, Source source, Action<string> say, CancellationToken cancellationToken)
    {
        var test = TestEnvironment.None;
        Stack? stack;
        BuildpackSelection selected;
        try
        {
            stack = await stacks.FindBuiltAsync(options.Value.Stack, cancellationToken);
            await changes.NoteAsync(options.Value.Stack, stack, cancellationToken);
            if (push.Wishes.IsTest)
                test = await TestEnvironmentAsync(source, say, cancellationToken);
            selected = push.Wishes.Slug is not null
                ? new([], ChosenBy: null)
                : await buildpacks.SelectAsync(push.App, source, push.Wishes.Buildpacks, test.Buildpacks, say, cancellationToken);
        }
        catch (Exception exception) when (exception is EngineException or BuildpackException or RemoteException)
        {
            return new PlanResult.Refused(exception.Message);
        }

        if (stack is null)
            return new PlanResult.Refused($"SLUG3010: the stack '{options.Value.Stack}' is not built on this machine; its operator builds it with: ./slug stacks build");
        return new PlanResult.Made(new()
        {
            Id = push.Id,
            App = push.App,
            By = push.By,
            Branch = push.Branch,
            Source = source,
            Stack = stack,
            Buildpacks = selected.Buildpacks,
            BuildpacksChosen = selected.ChosenBy is not null,
            BuildpacksBy = selected.ChosenBy,
            IsTest = push.Wishes.IsTest,
            IsSlug = push.Wishes.Slug is not null,
            ConfigVars = push.Wishes.Slug is not null ? new Dictionary<string, string>() : test.Over(await configVars.OfAsync(push.App, cancellationToken)),
            Options = push.Wishes.Lasting,
            Cache = push.Wishes.Cache,
            Builder = builder.Digest,
        });
    }

    private async Task<TestEnvironment> TestEnvironmentAsync(Source source, Action<string> say, CancellationToken cancellationToken)
    {
        var json = (await files.ReadAsync(source, [BuildpackDeclarations.AppJson], cancellationToken))[0];
        var test = json is null ? TestEnvironment.None : TestEnvironment.OfAppJson(json);
        if (test.Variables.Count > 0)
            say($"-----> Config vars by {TestEnvironment.Where}: {string.Join(", ", test.Variables.Keys)}");
        return test;
    }
}
