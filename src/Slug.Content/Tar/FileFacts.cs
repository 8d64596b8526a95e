using System.Runtime.InteropServices;

namespace Slug.Content.Tar;

/// <summary>What the file system says of a name, links not followed.</summary>
internal readonly record struct FileFacts(int Mode, long Size, uint Links, FileIdentity Identity, DateTimeOffset AccessedAt, DateTimeOffset ChangedAt)
{
    private const int NoSuchFile = 2; // ENOENT
    private const int NotADirectory = 20; // ENOTDIR

    internal FileKind Kind => (FileKind)(Mode & 0xF000);

    /// <summary>Null when there is no such file.</summary>
    internal static FileFacts? Find(string path)
    {
        if (Native.StatX(Native.CurrentDirectory, path, Native.NoFollow, Native.BasicStats, out var status) == 0)
            return Of(status);
        return Marshal.GetLastPInvokeError() is NoSuchFile or NotADirectory
            ? null
            : throw Native.Failure("stat", Quoted.Text(path));
    }

    /// <summary>Of a name in an open folder, with a zero at its end; null when there is no such file.</summary>
    internal static FileFacts? Find(OpenedFile folder, ReadOnlySpan<byte> name)
    {
        if (Native.StatX(folder.Descriptor, name, Native.NoFollow, Native.BasicStats, out var status) == 0)
            return Of(status);
        return Marshal.GetLastPInvokeError() is NoSuchFile
            ? null
            : throw Native.Failure("stat", Quoted.Bytes(name.TrimEnd((byte)0)));
    }

    private static FileFacts Of(in Native.FileStatus status) =>
        new(status.Mode, status.Size, status.Links, new(status.DeviceMajor, status.DeviceMinor, status.Inode), TimeOf(status.Accessed), TimeOf(status.Changed));

    // A file's owner sets its times to what .NET has no date for. Of struct statx_timestamp, 32 bits after the nanoseconds are 0.
    private static DateTimeOffset TimeOf(Native.TimeValue time) =>
        DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(time.Seconds, 0, uint.MaxValue)).AddTicks(time.Nanoseconds / TimeSpan.NanosecondsPerTick);
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
