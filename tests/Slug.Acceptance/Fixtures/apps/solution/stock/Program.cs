var app = WebApplication.Create(args);
app.MapGet("/", () => Words.Hello + " from the stock\n");
app.Run();
