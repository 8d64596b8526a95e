using System.Net;

namespace Slug.Hosting;

/// <summary>Where the service listens and keeps its data, section <c>Service</c>.</summary>
internal sealed class ServiceOptions
{
    /// <summary>An IP address of this machine. Default: 127.0.0.1, this machine alone.</summary>
    public string Listen { get; set; } = "127.0.0.1";

    /// <summary>TCP port; 0 takes a free one. Default: 7070.</summary>
    public int Port { get; set; } = 7070;

    /// <summary>Default: /var/lib/slug.</summary>
    public string Data { get; set; } = "/var/lib/slug";

    /// <summary><c>open</c>: pushes go on as they come; <c>closed</c>: they wait until they are let in. Default: open.</summary>
    public string Intake { get; set; } = "open";

    /// <summary>Everything that cannot be, at once.</summary>
    public IEnumerable<string> Mistakes()
    {
        if (!IPAddress.TryParse(Listen, out _))
            yield return $"SLUG9021: '{Listen}' is not an IP address; set --listen to one of this machine's";
        if (Port is < 0 or > 65535)
            yield return $"SLUG9021: '{Port}' is not a port; set --port to 1 to 65535, or 0 for a free one";
    }
}
