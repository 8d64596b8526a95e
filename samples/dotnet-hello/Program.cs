using Humanizer;

var app = WebApplication.CreateBuilder(args).Build();
var started = DateTimeOffset.UtcNow;

app.MapGet("/", () => $"Hello from .NET, up since {(DateTimeOffset.UtcNow - started).Humanize()}\n");

app.Run();
