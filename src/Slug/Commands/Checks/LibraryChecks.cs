using System.Runtime.InteropServices;

namespace Slug.Commands.Checks;

/// <summary>The libraries of the system that Slug loads.</summary>
internal static unsafe class LibraryChecks
{
    // https://sqlite.org/changes.html: the reset of a WAL by one connection while another checkpoints.
    private static readonly Version walResetClosed = new(3, 51, 3);

    public static IReadOnlyList<Finding> Run() =>
    [
        Check("SQLite", "libsqlite3.so.0", "libsqlite3-0", SqliteVersion, JudgeSqlite),
        Check("libzstd", "libzstd.so.1", "libzstd1", ZstdVersion, Finding.Ok),
    ];

    /// <summary>Older ones have the hole; this service never gives it a second connection to fall into.</summary>
    public static Finding JudgeSqlite(string name, string version) =>
        KnownHoles.Number(version) is { } number && number < walResetClosed
            ? Finding.Unsafe(name, version, $"can damage a WAL that two connections write (closed in {walResetClosed}); Slug keeps to one connection: nothing to do")
            : Finding.Ok(name, version);

    private static Finding Check(string name, string file, string package, Func<nint, string> version, Func<string, string, Finding> judge)
    {
        if (!NativeLibrary.TryLoad(file, out var library))
            return Finding.Missing(name, "", $"apt-get install {package}");
        var text = version(library);
        NativeLibrary.Free(library);
        return judge(name, text);
    }

    private static string SqliteVersion(nint library)
    {
        var version = (delegate* unmanaged<byte*>)NativeLibrary.GetExport(library, "sqlite3_libversion");
        return Marshal.PtrToStringUTF8((nint)version()) ?? "";
    }

    // 1.5.4 is 10504.
    private static string ZstdVersion(nint library)
    {
        var number = ((delegate* unmanaged<uint>)NativeLibrary.GetExport(library, "ZSTD_versionNumber"))();
        return $"{number / 10000}.{number / 100 % 100}.{number % 100}";
    }
}
