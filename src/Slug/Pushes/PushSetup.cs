using Microsoft.Extensions.Options;
using Slug.Pushes.LargeFiles;

namespace Slug.Pushes;

/// <summary>Receives pushes. An <see cref="AnswerPush"/> has to be registered beside it.</summary>
internal static class PushSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Configuration: the section <c>Pushes</c>.</summary>
        public IServiceCollection AddPushes()
        {
            services.AddOptions<PushOptions>().BindConfiguration("Pushes").ValidateDataAnnotations().ValidateOnStart();
            return services
                .AddSingleton(provider => provider.GetRequiredService<IOptions<PushOptions>>().Value)
                .AddSingleton<Git>()
                .AddSingleton<Repositories>()
                .AddSingleton<RepositorySweep>()
                .AddSingleton<Advertisement>()
                .AddSingleton<FetchServer>()
                .AddSingleton<PushTurns>()
                .AddSingleton<PushSessions>()
                .AddSingleton<PushDialogue>()
                .AddSingleton<HookRelay>()
                .AddSingleton<PushCompletion>()
                .AddSingleton<RepositoryUpkeep>()
                .AddSingleton<RejectedPushes>()
                .AddSingleton<LargeFileStore>()
                .AddSingleton<PushReceiver>();
        }
    }

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>What git clients speak to.</summary>
        public void MapPushes()
        {
            var git = routes.MapGroup("");
            foreach (var repository in (string[])["/{name}.git", "/{name}"])
            {
                git.MapGet($"{repository}/info/refs", PushEndpoints.AdvertiseAsync);
                git.MapPost($"{repository}/git-receive-pack", PushEndpoints.ReceiveAsync);
                git.MapPost($"{repository}/git-upload-pack", PushEndpoints.FetchAsync);
            }
            git.MapLargeFiles();
            git.MapGet("/{name}.git/{**file}", PushEndpoints.RefuseDumbAsync);
        }

        /// <summary>What the pre-receive hook speaks to: for the hook's own socket, and no other listener.</summary>
        public void MapHook() => routes.MapPost("/hook/{key}", PushEndpoints.AnswerHookAsync);
    }
}
