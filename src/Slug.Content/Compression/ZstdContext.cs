using System.Runtime.InteropServices;

namespace Slug.Content.Compression;

/// <summary>A context of libzstd, freed once.</summary>
internal abstract class ZstdContext : SafeHandle
{
    private protected ZstdContext(nint context)
        : base(0, ownsHandle: true) => SetHandle(context);

    public override bool IsInvalid => handle == 0;

    /// <summary>A result that is no error, as it is; libzstd's own words for an error otherwise.</summary>
    internal static nuint Checked(nuint result) =>
        Native.IsZstdError(result) == 0
            ? result
            : throw new InvalidDataException($"zstd: {Marshal.PtrToStringUTF8(Native.ZstdErrorName(result))}");
}

/// <summary><c>ZSTD_CCtx</c>.</summary>
internal sealed class ZstdCompressor : ZstdContext
{
    private const int CompressionLevel = 100; // ZSTD_c_compressionLevel
    private const int ChecksumFlag = 201; // ZSTD_c_checksumFlag
    private const int WorkerCount = 400; // ZSTD_c_nbWorkers

    internal ZstdCompressor(int level, int workers)
        : base(Native.CreateCompressor())
    {
        Set(CompressionLevel, level);
        Set(ChecksumFlag, 1);
        Set(WorkerCount, workers);
    }

    protected override bool ReleaseHandle() => Native.FreeCompressor(handle) == 0;

    private void Set(int parameter, int value) => Checked(Native.SetCompressionParameter(this, parameter, value));
}

/// <summary><c>ZSTD_DCtx</c>.</summary>
internal sealed class ZstdDecompressor : ZstdContext
{
    internal ZstdDecompressor()
        : base(Native.CreateDecompressor())
    {
    }

    protected override bool ReleaseHandle() => Native.FreeDecompressor(handle) == 0;
}
