using System.Net;

namespace Slug.Engines;

/// <summary>The Docker engine did not do what it was asked. The message has a code and says what to do.</summary>
internal sealed class EngineException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>What the engine answered; null where it did not answer.</summary>
    public HttpStatusCode? Status { get; private init; }

    /// <summary>The engine is down, out of reach or too slow: nobody's build is at fault.</summary>
    public bool IsUnavailable => Status is null or >= HttpStatusCode.InternalServerError;

    public static EngineException NoAnswer(EngineAddress address, Exception cause) =>
        new($"SLUG7001: the Docker engine does not answer at '{address}' ({cause.Message}); "
            + "start it with: systemctl start docker, or: slug up", cause);

    public static EngineException TooSlow(EngineAddress address, string call, TimeSpan limit) =>
        new($"SLUG7002: the Docker engine at '{address}' did not answer '{call}' within {limit.TotalSeconds:0.#} s; "
            + "look at the machine's load and the engine's log, then try again");

    public static EngineException TooOld(EngineAddress address, string version) =>
        new($"SLUG7003: the Docker engine at '{address}' speaks API '{version}'; expected {ApiVersion.Oldest} or later: install Docker 20.10 or newer");

    public static EngineException Refused(string call, HttpStatusCode status, string reason) =>
        new($"SLUG7004: the Docker engine answered '{call}' with {(int)status}: '{reason}'; look at the engine's log") { Status = status };

    public static EngineException NotASocket(string value) =>
        new($"SLUG7005: '{value}' is not a Unix socket; expected unix:///path/to/docker.sock: mend DOCKER_HOST or the engine's option");

    public static EngineException Broken(EngineAddress address, string call, Exception cause) =>
        new($"SLUG7006: the connection to the Docker engine at '{address}' broke during '{call}' ({cause.Message}); "
            + "it is used again as soon as it answers", cause);

    public static EngineException Malformed(string call, Exception cause) =>
        new($"SLUG7007: the Docker engine's answer to '{call}' is not understood ({cause.Message}); is another program behind the socket?", cause);

    public static EngineException DaemonEnded(string log, string lastLines) =>
        new($"SLUG7008: dockerd does not start; its last lines in '{log}': {lastLines}; mend what they say, then run: slug up");

    public static EngineException DaemonMissing(Exception cause) =>
        new("SLUG7009: the program 'dockerd' is missing; install it: apt-get install docker.io", cause);
}
