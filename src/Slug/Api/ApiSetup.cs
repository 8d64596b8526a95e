using Slug.Bootstrap;
using Slug.Droplets.Statements;

namespace Slug.Api;

/// <summary>Wires the API of the command line.</summary>
internal static class ApiSetup
{
    extension(IServiceCollection services)
    {
        public void AddApi()
        {
            // Thrown, it is answered in one place: see BadRequests.
            services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
            services.AddApiDescription();
            services.AddSingleton<Launches>();
            services.AddSingleton<NamedDroplets>();
            services.AddSingleton<Capsules>();
            services.AddSingleton<TestRequests>();
            services.AddSingleton<Demolition>();
            services.AddSingleton<ServiceStatus>();
            services.AddSingleton<BootstrapEvents>();
        }
    }

    extension(IEndpointRouteBuilder routes)
    {
        public void MapApi()
        {
            routes.MapReadiness();
            routes.MapOpenApi(ApiDescription.Route);
            var api = routes.MapGroup("/slug").WithMetadata(Problems.Form).Fails(400, 401, 403).AddEndpointFilter<ApiConventions>();
            // For who checks a signature, token or not.
            api.MapGet("/signing-key", (SigningKey key) => TypedResults.Text(key.PublicPem, "application/x-pem-file"))
                .WithName("getSigningKey").WithSummary("The public key of what is signed here").Produces<string>(200, "application/x-pem-file");
            api.MapGet("/status", async (ServiceStatus status, CancellationToken cancellationToken) =>
                TypedResults.Json(await status.ReadAsync(cancellationToken), ApiJson.Default.StatusView))
                .WithName("getStatus").WithSummary("The service at a glance").Produces<StatusView>();
            api.MapTokens();
            api.MapEvents();
            api.MapRedeliveries();
            api.MapApps();
            api.MapBuildpacks();
            api.MapHookSettings();
            api.MapBuilds();
            api.MapUploads();
            api.MapTests();
            api.MapVerifications();
            api.MapCaches();
            api.MapReleases();
            api.MapDroplets();
            api.MapBootstraps();
            api.MapIntake();
            api.MapRetention();
            api.MapCheck();
        }
    }
}
