using System.Runtime.InteropServices;
using System.Text;

namespace Slug.Content.Tar;

/// <summary>A file or folder that is read with no call more than that takes: .NET's own way asks for locks, kind and length.</summary>
internal readonly struct OpenedFile : IDisposable
{
    internal const int AccessDenied = 13; // EACCES

    private const int NoSuchFile = 2; // ENOENT
    private const int NotADirectory = 20; // ENOTDIR
    private const int NameTooLong = 36; // ENAMETOOLONG
    private const int TooManyLinks = 40; // ELOOP: it is a symbolic link by now
    private const int MostAttributes = 64 * 1024; // XATTR_LIST_MAX

    private readonly string path;

    private OpenedFile(int descriptor, string path) => (Descriptor, this.path) = (descriptor, path);

    internal int Descriptor { get; }

    /// <summary>The folder in which a tree's files are looked up.</summary>
    internal static OpenedFile Root(string path) =>
        new(Checked(Native.Open(path, Native.OpenFolder, 0), path, "a directory"), path);

    internal OpenedFile Folder(EntryName name) => Open(name, Native.OpenFolder, "a directory");

    internal OpenedFile File(EntryName name) => Open(name, Native.OpenFile, "a file");

    internal int Read(Span<byte> buffer)
    {
        nint read;
        while ((read = Native.Read(Descriptor, buffer, (nuint)buffer.Length)) < 0)
        {
            if (Marshal.GetLastPInvokeError() != Native.Interrupted)
                throw Native.Failure("reading", Quoted.Text(path));
        }

        return (int)read;
    }

    /// <summary>The target of a symbolic link in this folder.</summary>
    internal byte[] Target(EntryName name)
    {
        var buffer = new byte[4096]; // PATH_MAX
        var length = Native.ReadLink(Descriptor, name.Path, buffer, (nuint)buffer.Length);
        return length > 0 ? buffer[..(int)length] : throw new UnpackableEntryException(PathOf(name), "a file that changed while it was packed");
    }

    /// <summary>The names of its extended attributes: none, nearly always, which is one short call.</summary>
    internal string[] Attributes()
    {
        var length = Native.ListAttributes(Descriptor, [], 0);
        if (length <= 0)
            return [];
        Span<byte> names = new byte[Math.Min(length + 1024, MostAttributes)];
        length = Native.ListAttributes(Descriptor, names, (nuint)names.Length);
        return Encoding.UTF8.GetString(names[..(int)Math.Max(0, length)]).Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }

    public void Dispose() => _ = Native.Close(Descriptor);

    internal string PathOf(EntryName name) => $"{path}/{name.Text}".TrimEnd('/');

    private OpenedFile Open(EntryName name, int flags, string kind)
    {
        var descriptor = Native.OpenAt(Descriptor, name.Path, flags);
        return descriptor >= 0 ? new(descriptor, path) : new(Checked(descriptor, PathOf(name), kind), path);
    }

    private static int Checked(int descriptor, string path, string kind)
    {
        if (descriptor >= 0)
            return descriptor;
        throw Marshal.GetLastPInvokeError() switch
        {
            AccessDenied => new UnpackableEntryException(path, $"{kind} that may not be read"),
            NoSuchFile => new UnpackableEntryException(path, $"{kind} that vanished while it was packed"),
            NotADirectory or TooManyLinks => new UnpackableEntryException(path, $"{kind} that changed while it was packed"),
            NameTooLong => new UnpackableEntryException(path, $"{kind} with a path longer than Linux opens"),
            _ => Native.Failure("opening", Quoted.Text(path)),
        };
    }
}
