using Slug.Platform.Logs;
using Slug.Platform.Streams;
using Slug.Platform.Webhooks;

namespace Slug.Platform;

/// <summary>Wires Heroku's Platform API v3.</summary>
internal static class PlatformSetup
{
    extension(IServiceCollection services)
    {
        public void AddPlatform()
        {
            services.AddSingleton<RateLimits>();
            services.AddSingleton<AppResources>();
            services.AddSingleton<ReleaseResources>();
            services.AddSingleton<AppSlugs>();
            services.AddSingleton<BuildResources>();
            services.AddSingleton<AppLog>();
        }
    }

    extension(IEndpointRouteBuilder routes)
    {
        public void MapPlatform()
        {
            // The refusal form is also the mark by which tests know the endpoints of this group.
            var platform = routes.MapGroup("").WithMetadata(PlatformError.Form).AddEndpointFilter<Conventions>();
            var app = platform.MapGroup("/apps/{app}").AddEndpointFilter<NamedApp>();
            platform.MapAccount();
            platform.MapAuthorizations();
            platform.MapApps(app);
            app.MapBuilds();
            platform.MapSources(app);
            app.MapLogSessions();
            routes.MapStreams();
            routes.MapSourceShelf();
            routes.MapAppLogs();
            app.MapSlugs();
            routes.MapSlugBlobs();
            platform.MapStacks(app);
            platform.MapAbsent(app);
            app.MapConfigVars();
            app.MapBuildpacks();
            app.MapReleases();
            app.MapFormation();
            routes.MapBuildpackRegistry();
            app.MapWebhooks();
        }
    }
}
