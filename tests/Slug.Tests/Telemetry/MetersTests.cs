using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Slug.Telemetry;

namespace Slug.Tests.Telemetry;

public partial class MetersTests
{
    [Test]
    public void The_operator_s_page_names_the_meters_there_are()
    {
        using var services = new ServiceCollection().AddMeasures().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        var names = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Scope == factory)
                    names.Add(instrument.Name);
            },
        };
        listener.Start();
        services.GetRequiredService<Meters>().Watch(() => 0, () => 0, () => []);
        var page = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "operating.md"));
        Assert.That(names, Is.EquivalentTo(Rows().Matches(page).SelectMany(row => Named().Matches(row.Value)).Select(name => name.Groups["name"].Value)));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("00-00000000000000000000000000000000-0000000000000000-01")]
    [TestCase("00-4bf92f3577b34da6a3ce929d0e0e4736")]
    [TestCase("4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7")]
    [TestCase("00-../../../../etc/passwd\0-00f067aa0ba902b7-01")]
    public void A_traceparent_that_is_none_is_passed_over(string? text)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.TraceParent = text;
        Assert.That(Traces.ParentOf(http.Request), Is.EqualTo(default(ActivityContext)));
    }

    [GeneratedRegex(@"^\| `slug\.[^|]*\|", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex(@"`(?<name>slug\.[a-z.]+)`")]
    private static partial Regex Named();
}
