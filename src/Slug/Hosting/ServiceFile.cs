using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slug.Hosting;

/// <summary>Where the running service is, as <c>run/service.json</c> tells the command line. The file is there exactly while it is ready.</summary>
internal sealed record ServiceFile(int Pid, string Url, DateTimeOffset StartedAt)
{
    /// <summary>Writes the file, opens the sockets to those who need them; disposing removes the file.</summary>
    public static IDisposable Announce(DataDirectory data, string url, TimeProvider time)
    {
        // The builders' user is not ours; the folder above is closed to everybody else.
        File.SetUnixFileMode(data.BuilderSocket, (UnixFileMode)0b110_110_110);
        File.SetUnixFileMode(data.HookSocket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var unfinished = data.ServiceFile + ".new";
        File.WriteAllBytes(unfinished, JsonSerializer.SerializeToUtf8Bytes(new(Environment.ProcessId, url, time.GetUtcNow()), ServiceFileJson.Default.ServiceFile));
        File.Move(unfinished, data.ServiceFile, overwrite: true);
        return new Withdrawal(data.ServiceFile);
    }

    /// <summary>Null where no service is announced.</summary>
    public static ServiceFile? Read(DataDirectory data) =>
        File.Exists(data.ServiceFile) ? JsonSerializer.Deserialize(File.ReadAllBytes(data.ServiceFile), ServiceFileJson.Default.ServiceFile) : null;

    private sealed class Withdrawal(string path) : IDisposable
    {
        public void Dispose() => File.Delete(path);
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ServiceFile))]
internal sealed partial class ServiceFileJson : JsonSerializerContext;
