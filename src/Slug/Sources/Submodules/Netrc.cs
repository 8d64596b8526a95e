using System.Text;

namespace Slug.Sources.Submodules;

/// <summary>The operator's credentials for other hosts, in the form of netrc(5). Read anew each time: it may change while the service runs.</summary>
internal sealed class Netrc
{
    private const UnixFileMode ForOthers =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private static readonly char[] blanks = [' ', '\t', '\r', '\n'];

    private readonly List<Machine> machines;

    private Netrc(List<Machine> machines) => this.machines = machines;

    /// <summary>Whether others than its owner may read or change the file: then it is not used.</summary>
    public static bool IsOpenToOthers(string file) => File.Exists(file) && (File.GetUnixFileMode(file) & ForOthers) != 0;

    /// <summary>Holds nothing where there is no file.</summary>
    public static Netrc Read(string file) => Parse(File.Exists(file) ? File.ReadAllText(file) : "");

    public static Netrc Parse(string text)
    {
        var machines = new List<Machine>();
        using var words = Words(text).GetEnumerator();
        while (words.MoveNext())
        {
            if (words.Current == "default")
                machines.Add(new(null));
            else if (words.Current == "machine" && words.MoveNext())
                machines.Add(new(words.Current));
            else if (machines.Count > 0 && words.Current is "login" or "password" or "account")
                machines[^1] = With(machines[^1], words.Current, words.MoveNext() ? words.Current : "");
        }

        return new(machines);
    }

    /// <summary>The value of the header Authorization for a host; null where the file says nothing of it.</summary>
    public string? AuthorizationFor(string host) =>
        machines.Find(machine => machine.Name is null || machine.Name.Equals(host, StringComparison.OrdinalIgnoreCase)) is { } found
            ? $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{found.Login}:{found.Password}"))}"
            : null;

    private static Machine With(Machine last, string name, string value) => name switch
    {
        "login" => last with { Login = value },
        "password" => last with { Password = value },
        _ => last,
    };

    // Lines of comment, and macros up to their blank line, hold no words.
    private static IEnumerable<string> Words(string text)
    {
        var inMacro = false;
        foreach (var line in text.Split('\n'))
        {
            inMacro = inMacro ? line.Trim().Length > 0 : line.TrimStart().StartsWith("macdef ", StringComparison.Ordinal);
            if (inMacro || line.TrimStart().StartsWith('#'))
                continue;
            foreach (var word in line.Split(blanks, StringSplitOptions.RemoveEmptyEntries))
                yield return word;
        }
    }

    private sealed record Machine(string? Name, string Login = "", string Password = "");
}
