using System.Globalization;
using Slug.Hosting;

namespace Slug.Bootstrap;

/// <summary>
/// The database as it was before another version opened it. Repositories, blobs and logs need no copy: a version adds to them
/// and changes nothing that is there. Taken and put back only while no service runs.
/// </summary>
internal sealed record StateBackup(string Folder, DataDirectory Data)
{
    // The database, and what a service that was killed left beside it.
    private static readonly string[] suffixes = ["", "-wal", "-shm"];

    public static StateBackup Take(DataDirectory data, TimeProvider time)
    {
        var folder = Path.Combine(data.Root, "backups", time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        Directory.CreateDirectory(folder);
        foreach (var suffix in suffixes.Where(suffix => File.Exists(data.Database + suffix)))
            File.Copy(data.Database + suffix, Path.Combine(folder, Path.GetFileName(data.Database + suffix)), overwrite: true);
        return new(folder, data);
    }

    public void Restore()
    {
        foreach (var suffix in suffixes)
        {
            File.Delete(Data.Database + suffix);
            var kept = Path.Combine(Folder, Path.GetFileName(Data.Database + suffix));
            if (File.Exists(kept))
                File.Copy(kept, Data.Database + suffix);
        }
    }
}
