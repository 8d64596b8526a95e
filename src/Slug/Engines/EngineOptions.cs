namespace Slug.Engines;

/// <summary>Where the Docker engine is and how long it may take.</summary>
internal sealed class EngineOptions
{
    /// <summary>The engine's socket: a path or <c>unix://</c> and a path. Null takes DOCKER_HOST, then /var/run/docker.sock.</summary>
    public string? Socket { get; set; }

    /// <summary>How long one call may take until it answers. Default 60 s; loading an image and waiting for a container have no limit but their caller's.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a call that only reads is made again when the engine does not answer. Default 3.</summary>
    public int Retries { get; set; } = 3;

    /// <summary>Pause before the first repetition; each later one doubles it. Default 200 ms.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);
}
