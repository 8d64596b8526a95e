namespace Slug.Stacks;

/// <summary>A stack cannot be read or built. The message has a code and says what to do.</summary>
internal sealed class StackException(string message, Exception? cause = null) : Exception(message, cause)
{
    public static StackException Invalid(string path, string mistakes) =>
        new($"SLUG7101: '{path}' is not a stack definition: {mistakes}; mend the file");

    public static StackException Unknown(string name, IEnumerable<string> known) =>
        new($"SLUG7102: there is no stack '{name}'; expected one of: {string.Join(", ", known)}");

    public static StackException NoProgram(string program) =>
        new($"SLUG7103: the program '{program}' is needed to build a stack and is missing; install it: apt-get install {program}");

    public static StackException BootstrapFailed(string stack, int exitCode, string lastLines) =>
        new($"SLUG7104: mmdebstrap ended with {exitCode} while it made the stack '{stack}'; its last lines: {lastLines}; "
            + "check that apt-get update works on this machine, then run: slug stacks build " + stack);

    public static StackException NoSdk(string directory) =>
        new($"SLUG7105: the stack wants this machine's .NET SDK, and '{directory}' holds none; "
            + "install the .NET SDK, or remove dotnet-sdk from the definition");

    public static StackException NotBuilt(string name) =>
        new($"SLUG7106: the stack '{name}' has no images yet; build them: slug stacks build {name}");

    public static StackException Unrooted() =>
        new("SLUG7107: a stack is built as root, and this is another user; run it as root");

    public static StackException Unloadable(string image, string reason) =>
        new($"SLUG7108: the Docker engine did not take the image '{image}': {reason}; look at the engine's log and its free disk space");
}
