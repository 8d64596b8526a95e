var app = WebApplication.Create(args);
app.MapGet("/", () => Words.Hello + " from the shop\n");
app.Run();
