using Microsoft.AspNetCore.Http.HttpResults;
using Slug.Tokens;
using Slug.Webhooks.Incoming;

namespace Slug.Api;

/// <summary>By what other machines may ask an app to build.</summary>
internal static class HookEndpoints
{
    public static void MapHookSettings(this IEndpointRouteBuilder api)
    {
        var hooks = api.MapGroup("/apps/{app}/hooks").AddEndpointFilter<AppFilter>();
        hooks.MapGet("/", ListAsync).WithName("listHooks").WithSummary("By what other machines may ask an app to build").Produces<IReadOnlyList<HookView>>().Fails(404);
        hooks.MapPost("/", CreateAsync).WithName("createHook").WithSummary("Makes an incoming webhook; its secret is told this once").Produces<NewHookView>(201).Fails(404, 409, 413, 415, 422);
        hooks.MapDelete("/{hook}", RemoveAsync).WithName("removeHook").WithSummary("Removes an incoming webhook").Produces(204).Fails(404);
        hooks.MapGet("/{hook}/deliveries", ListDeliveriesAsync).WithName("listHookDeliveries").WithSummary("What came, newest first, and what became of it").Produces<IReadOnlyList<DeliveryView>>().Fails(404);
    }

    private static async Task<IResult> ListAsync(HttpContext http, HookStore hooks)
    {
        var list = await hooks.ListAsync(AppFilter.AppOf(http), http.RequestAborted);
        return TypedResults.Json([.. list.Select(View)], ApiJson.Default.IReadOnlyListHookView);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, NewHookRequest request, HookStore hooks, TimeProvider time)
    {
        switch (request.Read(AppFilter.AppOf(http), time.GetUtcNow()))
        {
            case NewHookResult.Refused(var message):
                return Problems.Told(message);
            case NewHookResult.Good(var hook) when await hooks.CreateAsync(hook, Grant.Of(http).Name, http.RequestAborted):
                return TypedResults.Json(new NewHookView(View(hook), hook.Secret.Reveal()), ApiJson.Default.NewHookView, statusCode: StatusCodes.Status201Created);
            case NewHookResult.Good(var hook):
                return Problems.Conflict("SLUG6235", $"'{hook.App.Name}' has a hook '{hook.Name}' already; choose another name, or remove that one: slug hooks {hook.App.Name} remove {hook.Name}");
            default:
                throw new InvalidOperationException("a hook is good or refused");
        }
    }

    private static async Task<IResult> RemoveAsync(HttpContext http, string hook, HookStore hooks)
    {
        var app = AppFilter.AppOf(http);
        return await hooks.RemoveAsync(app, hook, Grant.Of(http).Name, http.RequestAborted) ? TypedResults.NoContent() : NoHook(app.Name.ToString(), hook);
    }

    private static async Task<IResult> ListDeliveriesAsync(HttpContext http, string hook, HookStore hooks, DeliveryStore deliveries)
    {
        var app = AppFilter.AppOf(http).Name.ToString();
        if (await hooks.FindAsync(app, hook, http.RequestAborted) is not { } found)
            return NoHook(app, hook);
        var list = await deliveries.ListAsync(found, http.RequestAborted);
        return TypedResults.Json([.. list.Select(View)], ApiJson.Default.IReadOnlyListDeliveryView);
    }

    private static JsonHttpResult<ProblemView> NoHook(string app, string hook) =>
        Problems.NotFound("SLUG6236", $"'{app}' has no hook '{hook}'; 'slug hooks {app}' lists those it has");

    private static HookView View(Hook hook) => new(
        hook.Name, hook.Forge.Name, hook.Branch, hook.Urls, $"/hooks/{hook.App.Name}/{hook.Name}", hook.Credentials?.Login, hook.StatusToken is not null, hook.Api, hook.CreatedAt);

    private static DeliveryView View(Delivery delivery) => new()
    {
        Id = delivery.Id,
        Key = delivery.Key,
        Status = delivery.Status,
        Reason = delivery.Reason,
        Branch = delivery.Branch,
        Commit = delivery.CommitId,
        Build = delivery.BuildId,
        Told = delivery.Told,
        ReceivedAt = delivery.ReceivedAt,
        FinishedAt = delivery.FinishedAt,
    };
}
