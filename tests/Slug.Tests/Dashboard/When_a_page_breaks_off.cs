using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Slug.Dashboard.Markup;

namespace Slug.Tests.Dashboard;

public sealed class When_a_page_breaks_off
{
    [Test]
    public async Task Should_say_so_where_the_rest_would_stand()
    {
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().AddSingleton<ILogger<Page>>(NullLogger<Page>.Instance).BuildServiceProvider() };
        var body = new MemoryStream();
        http.Response.Body = body;
        await new Page { Title = "Broken", Main = $"<h1>Begun</h1>", Rest = _ => throw new InvalidOperationException("secret") }.ExecuteAsync(http);
        Assert.That(Encoding.UTF8.GetString(body.ToArray()), Does.Match("(?s)Begun.*SLUG6304.*</html>$").And.Not.Contains("secret"));
    }
}
