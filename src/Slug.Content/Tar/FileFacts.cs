using System.Runtime.InteropServices;

namespace Slug.Content.Tar;

/// <summary>What the file system says of a name, links not followed.</summary>
internal readonly record struct FileFacts(int Mode, long Size, uint Links, FileIdentity Identity)
{
    private const int NoSuchFile = 2; // ENOENT
    private const int NotADirectory = 20; // ENOTDIR

    internal FileKind Kind => (FileKind)(Mode & 0xF000);

    /// <summary>Null when there is no such file.</summary>
    internal static FileFacts? Find(string path)
    {
        if (Native.StatX(Native.CurrentDirectory, path, Native.NoFollow, Native.BasicStats, out var status) == 0)
            return new(status.Mode, status.Size, status.Links, new(status.DeviceMajor, status.DeviceMinor, status.Inode));
        return Marshal.GetLastPInvokeError() is NoSuchFile or NotADirectory
            ? null
            : throw Native.Failure("stat", Quoted.Text(path));
    }
}

/// <summary>What two names of one file have in common.</summary>
internal readonly record struct FileIdentity(uint DeviceMajor, uint DeviceMinor, ulong Inode);

/// <summary>The file types of <c>st_mode</c> (inode(7)).</summary>
internal enum FileKind
{
    Fifo = 0x1000,
    CharacterDevice = 0x2000,
    Directory = 0x4000,
    BlockDevice = 0x6000,
    RegularFile = 0x8000,
    SymbolicLink = 0xA000,
    Socket = 0xC000,
}
