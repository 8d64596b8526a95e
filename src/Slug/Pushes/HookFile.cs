namespace Slug.Pushes;

/// <summary>The pre-receive hook that lies beside the program.</summary>
internal static class HookFile
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The folder of hooks, the hook in it made executable: git passes over one that is not, and would accept every push.</summary>
    public static string Directory()
    {
        var directory = Path.Combine(AppContext.BaseDirectory, "hooks");
        var hook = Path.Combine(directory, "pre-receive");
        var mode = File.GetUnixFileMode(hook);
        if ((mode & Executable) != Executable)
            File.SetUnixFileMode(hook, mode | Executable);
        return directory;
    }
}
