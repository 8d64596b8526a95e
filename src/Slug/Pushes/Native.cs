using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Slug.Pushes;

/// <summary>What the system offers and the class library does not.</summary>
internal static partial class Native
{
    /// <summary>Returns once all that was written to the file system of this file is on disk.</summary>
    /// <exception cref="IOException">The disk failed: nothing may be acknowledged any more.</exception>
    public static void SyncFileSystem(SafeFileHandle file)
    {
        if (SyncFileSystemOf(file) != 0)
            throw new IOException($"syncfs: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
    }

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int SyncFileSystemOf(SafeFileHandle file);
}
