using System.Runtime.InteropServices;

namespace Slug.Content.Tar;

/// <summary>
/// A file that was not there before, by five system calls. .NET's own way takes twelve (locks, seeks, looks at what it knows),
/// which for the many small files of an app is most of the time that unpacking takes.
/// </summary>
internal readonly struct NewFile : IDisposable
{
    internal const int FileExists = 17; // EEXIST

    private const int OwnerOnly = 0x180; // rw-------, until the mode is set
    private const long NanosecondsPerTick = 100;

    private readonly int descriptor;
    private readonly string path;

    /// <exception cref="IOException">The file cannot be created; with <see cref="FileExists"/> as HResult when something of this name is there.</exception>
    internal NewFile(string path)
    {
        this.path = path;
        descriptor = Native.Open(path, Native.OpenNew, OwnerOnly);
        if (descriptor < 0)
            throw Native.Failure("creation", Quoted.Text(path));
    }

    internal void Write(ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            var written = Native.Write(descriptor, content, (nuint)content.Length);
            if (written >= 0)
                content = content[(int)written..];
            else if (Marshal.GetLastPInvokeError() != Native.Interrupted)
                throw Native.Failure("writing", Quoted.Text(path));
        }
    }

    internal void Finish(UnixFileMode mode, DateTimeOffset modifiedAt)
    {
        var nanoseconds = modifiedAt.Ticks % TimeSpan.TicksPerSecond * NanosecondsPerTick;
        ReadOnlySpan<Native.TimeValue> times =
        [
            new() { Nanoseconds = Native.OmitTime },
            new() { Seconds = modifiedAt.ToUnixTimeSeconds(), Nanoseconds = nanoseconds },
        ];
        if (Native.ChangeMode(descriptor, (int)mode) < 0)
            throw Native.Failure("chmod", Quoted.Text(path));
        if (Native.SetTimes(descriptor, times) < 0)
            throw Native.Failure("utimens", Quoted.Text(path));
    }

    public void Dispose() => _ = Native.Close(descriptor);
}
