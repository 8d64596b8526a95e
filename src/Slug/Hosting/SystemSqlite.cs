using System.Reflection;
using System.Runtime.InteropServices;

namespace Slug.Hosting;

/// <summary>Makes SQLite the operating system's own library, with its security updates. Only who opens a database needs it: setting a machine up does not.</summary>
internal static class SystemSqlite
{
    private static readonly Lazy<bool> used = new(Load);

    /// <exception cref="DllNotFoundException">The library is not installed.</exception>
    public static void Use() => _ = used.Value;

    private static bool Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly, Resolve);
        SQLitePCL.raw.SetProvider(new SQLitePCL.SQLite3Provider_e_sqlite3());
        return true;
    }

    private static nint Resolve(string library, Assembly assembly, DllImportSearchPath? searchPath) =>
        library == "e_sqlite3" ? NativeLibrary.Load("libsqlite3.so.0") : 0;
}
