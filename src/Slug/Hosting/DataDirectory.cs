namespace Slug.Hosting;

/// <summary>Where everything lies that the service keeps. Nothing is written outside it.</summary>
internal sealed class DataDirectory(string root)
{
    // sockaddr_un.sun_path holds 108 bytes, the last of them 0.
    private const int LongestSocketPath = 107;

    public string Root { get; } = Path.GetFullPath(root);

    public string Database => In("slug.db");

    /// <summary>The admin's own copy of the first token, mode 0600.</summary>
    public string Token => In("token");

    /// <summary>The operator's credentials for other machines, mode 0600; there only where the operator wrote it.</summary>
    public string Netrc => In("netrc");

    /// <summary>Seals the config vars in the database, mode 0600.</summary>
    public string ConfigKey => In("config.key");

    /// <summary>Signs what is said of droplets, mode 0600.</summary>
    public string SigningKey => In("signing.key");

    /// <summary>Signs addresses that open something without a token, mode 0600.</summary>
    public string LinkKey => In("link.key");

    /// <summary>Eight hex digits that label this instance's Docker objects.</summary>
    public string Instance => In("instance");

    public string Repositories => In("repos");

    /// <summary>An OCI image layout: droplets and the stacks' layers.</summary>
    public string Images => In("oci");

    /// <summary>What Git LFS keeps outside of repositories, a folder for each app.</summary>
    public string LargeFiles => In("lfs");

    public string Caches => In("caches");

    public string Logs => In("logs");

    public string Buildpacks => In("buildpacks");

    /// <summary>Archives of packages, which all builds share and none writes.</summary>
    public string Downloads => In("downloads");

    /// <summary>What build containers mount besides the socket: copies, as the engine looks for them on the host and this program may live in a container.</summary>
    public string Mounted => In("mounted");

    /// <summary>Archives that were uploaded for builds which are yet to be asked for.</summary>
    public string Sources => In("sources");

    public string Temporary => In("tmp");

    /// <summary>Sockets and the running service's address; empty while it is stopped.</summary>
    public string Run => In("run");

    public string ServiceFile => In("run/service.json");

    public string HookSocket => In("run/hook.sock");

    /// <summary>The folder that build containers see: it holds one socket and nothing else.</summary>
    public string BuilderSocketDirectory => In("run/builder");

    public string BuilderSocket => In("run/builder/builder.sock");

    /// <summary>Makes what is missing. Only root, or who runs the service, may look inside.</summary>
    /// <exception cref="InvalidDataDirectoryException">The path is too long for a socket, or cannot be made.</exception>
    public void Create()
    {
        if (System.Text.Encoding.UTF8.GetByteCount(BuilderSocket) > LongestSocketPath)
            throw new InvalidDataDirectoryException(
                $"SLUG9001: the data directory '{Root}' is too long for a socket's path; choose one of at most {LongestSocketPath - BuilderSocket.Length + Root.Length} bytes with --data");
        try
        {
            Directory.CreateDirectory(Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            foreach (var folder in (string[])[Repositories, Images, LargeFiles, Caches, Logs, Buildpacks, Downloads, Mounted, Sources, Temporary, Run, BuilderSocketDirectory])
                Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataDirectoryException(
                $"SLUG9002: the data directory '{Root}' cannot be made: {exception.Message}; choose another with --data", exception);
        }
    }

    /// <summary>Keeps a second service off this directory while the lock is held; the system lets go of it however the first one ends.</summary>
    /// <exception cref="InvalidDataDirectoryException">A service runs on it.</exception>
    public IDisposable Lock()
    {
        try
        {
            return new FileStream(In("lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new InvalidDataDirectoryException(
                $"SLUG9006: a service runs on '{Root}' already; stop it with: slug down, or choose another directory with --data", exception);
        }
    }

    private string In(string name) => Path.Combine(Root, name);
}

/// <summary>The data directory cannot serve; the message is for the operator.</summary>
internal sealed class InvalidDataDirectoryException(string message, Exception? cause = null) : Exception(message, cause);
