namespace Slug.Remotes;

/// <summary>The operator's credentials for other machines: a file in the form of <c>.netrc</c> that its owner alone may read.</summary>
internal sealed class Netrc(string file)
{
    private const UnixFileMode Others = (UnixFileMode)0b000_111_111;

    /// <summary>Those for a host; null where there are none for it.</summary>
    /// <exception cref="RemoteException">The file may be read by others, or is not of that form.</exception>
    public async Task<Credentials?> FindAsync(string host, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
            return null;
        if ((File.GetUnixFileMode(file) & Others) != 0)
            throw RemoteException.OpenNetrc(file);
        return Parse(await File.ReadAllTextAsync(file, cancellationToken), host);
    }

    /// <summary>The first machine of that name, or the default where it comes before.</summary>
    internal Credentials? Parse(string text, string host)
    {
        var words = new Queue<string>(text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        while (words.TryDequeue(out var word))
        {
            var name = word switch
            {
                "default" => host,
                "machine" when words.TryDequeue(out var machine) => machine,
                _ => throw RemoteException.BadNetrc(file),
            };
            var credentials = Entry(words);
            if (name.Equals(host, StringComparison.OrdinalIgnoreCase))
                return credentials;
        }

        return null;
    }

    private static Credentials Entry(Queue<string> words)
    {
        var credentials = new Credentials("", "");
        while (words.TryPeek(out var word) && word is "login" or "password" or "account")
        {
            words.Dequeue();
            var value = words.TryDequeue(out var next) ? next : "";
            credentials = word switch
            {
                "login" => credentials with { Login = value },
                "password" => credentials with { Password = value },
                _ => credentials,
            };
        }

        return credentials;
    }
}
