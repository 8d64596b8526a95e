using System.Runtime.InteropServices;
using Slug.Content.Compression;

namespace Slug.Content;

/// <summary>Calls of libc and libzstd for which .NET has none.</summary>
internal static partial class Native
{
    private const string C = "libc";
    private const string Zstd = "libzstd.so.1";

    internal const int CurrentDirectory = -100; // AT_FDCWD
    internal const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    internal const uint BasicStats = 0x7ff; // STATX_BASIC_STATS
    internal const int OpenToRead = 0x80000; // O_RDONLY | O_CLOEXEC; for fsync of a directory that is enough
    internal const int OpenFile = 0xA0000; // O_RDONLY | O_CLOEXEC | O_NOFOLLOW of x86-64
    internal const int OpenFolder = 0xB0000; // the same, and O_DIRECTORY
    internal const int OpenNew = 0x800C1; // O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC: the last part of the path is never followed
    internal const long OmitTime = 0x3FFFFFFE; // UTIME_OMIT
    internal const int Interrupted = 4; // EINTR

    // statx and not lstat: its struct has one layout on every architecture (linux/stat.h).
    [LibraryImport(C, EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int StatX(int directory, string path, int flags, uint mask, out FileStatus status);

    [LibraryImport(C, EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Link(string existing, string path);

    [LibraryImport(C, EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Rename(string path, string name);

    [LibraryImport(C, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags, int mode);

    // Names that end with a zero, as they are on disk: no text is made of them.
    [LibraryImport(C, EntryPoint = "openat", SetLastError = true)]
    internal static partial int OpenAt(int directory, ReadOnlySpan<byte> path, int flags);

    [LibraryImport(C, EntryPoint = "statx", SetLastError = true)]
    internal static partial int StatX(int directory, ReadOnlySpan<byte> path, int flags, uint mask, out FileStatus status);

    [LibraryImport(C, EntryPoint = "readlinkat", SetLastError = true)]
    internal static partial nint ReadLink(int directory, ReadOnlySpan<byte> path, Span<byte> target, nuint length);

    [LibraryImport(C, EntryPoint = "getdents64", SetLastError = true)]
    internal static partial nint ReadDirectory(int descriptor, Span<byte> entries, nuint length);

    [LibraryImport(C, EntryPoint = "flistxattr", SetLastError = true)]
    internal static partial nint ListAttributes(int descriptor, Span<byte> names, nuint length);

    [LibraryImport(C, EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(int descriptor, Span<byte> content, nuint length);

    [LibraryImport(C, EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(int descriptor, ReadOnlySpan<byte> content, nuint length);

    [LibraryImport(C, EntryPoint = "fchmod", SetLastError = true)]
    internal static partial int ChangeMode(int descriptor, int mode);

    [LibraryImport(C, EntryPoint = "futimens", SetLastError = true)]
    internal static partial int SetTimes(int descriptor, ReadOnlySpan<TimeValue> accessAndModification);

    [LibraryImport(C, EntryPoint = "fsync", SetLastError = true)]
    internal static partial int FSync(int descriptor);

    [LibraryImport(C, EntryPoint = "close")]
    internal static partial int Close(int descriptor);

    [LibraryImport(Zstd, EntryPoint = "ZSTD_createCCtx")]
    internal static partial nint CreateCompressor();

    [LibraryImport(Zstd, EntryPoint = "ZSTD_freeCCtx")]
    internal static partial nuint FreeCompressor(nint context);

    [LibraryImport(Zstd, EntryPoint = "ZSTD_CCtx_setParameter")]
    internal static partial nuint SetCompressionParameter(ZstdCompressor context, int parameter, int value);

    [LibraryImport(Zstd, EntryPoint = "ZSTD_compressStream2")]
    internal static partial nuint CompressStream(ZstdCompressor context, ref ZstdBuffer output, ref ZstdBuffer input, int directive);

    [LibraryImport(Zstd, EntryPoint = "ZSTD_createDCtx")]
    internal static partial nint CreateDecompressor();

    [LibraryImport(Zstd, EntryPoint = "ZSTD_freeDCtx")]
    internal static partial nuint FreeDecompressor(nint context);

    [LibraryImport(Zstd, EntryPoint = "ZSTD_decompressStream")]
    internal static partial nuint DecompressStream(ZstdDecompressor context, ref ZstdBuffer output, ref ZstdBuffer input);

    [LibraryImport(Zstd, EntryPoint = "ZSTD_isError")]
    internal static partial uint IsZstdError(nuint code);

    [LibraryImport(Zstd, EntryPoint = "ZSTD_getErrorName")]
    internal static partial nint ZstdErrorName(nuint code);

    /// <summary>The exception for the call that has just failed, as .NET's own have it: the error number in HResult.</summary>
    internal static IOException Failure(string call, string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return new($"{call} of '{path}' failed: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    /// <summary><c>struct timespec</c> of 64-bit systems.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct TimeValue
    {
        internal long Seconds;
        internal long Nanoseconds;
    }

    /// <summary><c>ZSTD_inBuffer</c> and <c>ZSTD_outBuffer</c>: both are a pointer, a size and a position.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ZstdBuffer
    {
        internal nint Pointer;
        internal nuint Size;
        internal nuint Position;
    }

    /// <summary><c>struct statx</c>, as far as it is read here.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    internal struct FileStatus
    {
        [FieldOffset(16)] internal uint Links;
        [FieldOffset(28)] internal ushort Mode;
        [FieldOffset(32)] internal ulong Inode;
        [FieldOffset(40)] internal long Size;
        [FieldOffset(64)] internal TimeValue Accessed;
        [FieldOffset(96)] internal TimeValue Changed;
        [FieldOffset(136)] internal uint DeviceMajor;
        [FieldOffset(140)] internal uint DeviceMinor;
    }
}
