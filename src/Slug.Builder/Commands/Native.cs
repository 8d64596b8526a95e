using System.Runtime.InteropServices;

namespace Slug.Builder.Commands;

/// <summary>The calls to libc that .NET has no words for.</summary>
internal static partial class Native
{
    public const int Terminate = 15;
    public const int Kill = 9;

    private const int SetDumpable = 4;

    /// <summary>Closes /proc/self to other processes of the same user: the token stands in its environment.</summary>
    public static void HideFromOtherProcesses() => _ = ProcessControl(SetDumpable, 0, 0, 0, 0);

    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int Signal(int process, int signal);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ProcessControl(int option, nuint first, nuint second, nuint third, nuint fourth);
}
