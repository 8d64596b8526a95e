using Slug.Dashboard.Contents;
using Slug.Dashboard.Markup;
using Slug.Dashboard.Pages;
using Slug.Tokens;

namespace Slug.Dashboard;

/// <summary>Wires the pages for people: <c>/</c>, and all else below <c>/ui</c>.</summary>
internal static class DashboardSetup
{
    extension(IServiceCollection services)
    {
        public void AddDashboard()
        {
            services.AddSingleton<AppSummaries>();
            services.AddSingleton<AppDroplets>();
            services.AddSingleton<DropletChanges>();
            services.AddSingleton<BuiltSources>();
            services.AddSingleton<Rebuilds>();
            services.AddHostedService(provider => provider.GetRequiredService<Rebuilds>());
        }
    }

    extension(IEndpointRouteBuilder routes)
    {
        public void MapDashboard()
        {
            routes.MapGet("/ui/assets/{file}", Asset.Serve);
            var visitors = routes.MapGroup("").AddEndpointFilter<FormFilter>();
            visitors.MapGet("/ui/sign-in", SignIn.Answer);
            visitors.MapPost("/ui/sign-in", SignIn.EnterAsync);
            var pages = visitors.MapGroup("").WithMetadata(new BySession(), Refused.Form);
            pages.MapPost("/ui/sign-out", SignIn.LeaveAsync);
            pages.MapGet("/", AppsPage.ShowAsync);
            pages.MapGet("/ui/events", EventsPage.ShowAllAsync);
            pages.MapGet("/ui/system", SystemPage.Answer);
            pages.MapApp();
            pages.MapBuild();
            // After all others: what leads nowhere says so in a page.
            pages.MapGet("/ui/{**path}", (HttpContext http) => Problem.NoPage(http.Request.Path)).WithOrder(int.MaxValue);
        }
    }

    private static void MapApp(this IEndpointRouteBuilder pages)
    {
        var app = pages.MapGroup("/ui/apps/{app}").AddEndpointFilter<AppOfPage>();
        app.MapGet("/", BuildsPage.ShowAsync);
        app.MapGet("/releases", ReleasesPage.ShowAsync);
        app.MapPost("/releases/{release}/rollback", ReleasesPage.RollBackAsync);
        app.MapGet("/droplets", DropletsPage.ShowAsync);
        app.MapGet("/droplets/{droplet}", DropletPage.ShowAsync);
        app.MapGet("/droplets/{droplet}/packages", PackagesPage.ShowAsync);
        app.MapGet("/compare", ComparePage.ShowAsync);
        app.MapGet("/config", ConfigPage.ShowAsync);
        app.MapPost("/config/reveal", ConfigPage.RevealAsync);
        app.MapPost("/config/set", ConfigPage.SetAsync);
        app.MapPost("/config/remove", ConfigPage.RemoveAsync);
        app.MapGet("/buildpacks", BuildpacksPage.ShowAsync);
        app.MapPost("/buildpacks", BuildpacksPage.SetAsync);
        app.MapGet("/webhooks", WebhooksPage.ShowAsync);
        app.MapPost("/webhooks/{webhook}/test", WebhooksPage.TestAsync);
        app.MapPost("/webhook-deliveries/{delivery}/redeliver", WebhooksPage.SendAgainAsync);
        app.MapGet("/events", EventsPage.ShowAsync);
    }

    private static void MapBuild(this IEndpointRouteBuilder pages)
    {
        var build = pages.MapGroup("/ui/builds/{build}").AddEndpointFilter<BuildOfPage>();
        build.MapGet("/", BuildPage.Answer);
        build.MapGet("/log", BuildPage.Follow);
        build.MapGet("/log.txt", BuildPage.Text);
        build.MapPost("/cancel", BuildActions.Cancel);
        build.MapPost("/again", BuildActions.AgainAsync);
    }
}
