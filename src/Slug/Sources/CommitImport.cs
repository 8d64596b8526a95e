using System.Globalization;
using System.Text;
using Slug.Hosting;
using Slug.Pushes;

namespace Slug.Sources;

/// <summary>One commit on its way into a repository through <c>git fast-import</c>: no ref holds it, its date is fixed.</summary>
internal sealed class CommitImport : IAsyncDisposable
{
    // 1980-01-01T00:00:01Z, the date of all that Slug packs: the same tree is the same commit.
    private const string Date = "315532801 +0000";

    private readonly string name = $"refs/slug/imports/{Guid.NewGuid():N}";
    private readonly Repository repository;
    private readonly StartedChild child;
    private readonly Task<string> error;
    private bool begun;

    /// <param name="git">Runs the import.</param>
    /// <param name="repository">Holds what is put in by its id.</param>
    /// <param name="quarantine">Takes the new objects where there is one.</param>
    public CommitImport(Git git, Repository repository, Quarantine? quarantine)
    {
        this.repository = repository;
        // Who uploads waits for it: level 1 takes half the time of git's own choice.
        child = git.Command(repository, quarantine, "-c", "pack.compression=1", "fast-import", "--quiet", "--done").Start();
        error = CapturedText.HeadOfAsync(child.Error, 4096, CancellationToken.None);
    }

    /// <summary>Puts a tree at a path; the empty path is the root.</summary>
    public Task PutTreeAsync(string path, ObjectId tree, CancellationToken cancellationToken) =>
        WriteAsync($"M 040000 {tree} {Quoted(path)}\n", cancellationToken);

    /// <summary>Puts a file at a path, with one of git's modes.</summary>
    public async Task PutFileAsync(string path, string mode, long length, Stream contents, CancellationToken cancellationToken)
    {
        await WriteAsync(string.Create(CultureInfo.InvariantCulture, $"M {mode} inline {Quoted(path)}\ndata {length}\n"), cancellationToken);
        // Read and written apart: whose fault a broken stream is has to be known.
        var buffer = new byte[(int)Math.Min(length, 1 << 17)];
        while (await contents.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            await WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        await WriteAsync("\n", cancellationToken);
    }

    /// <summary>Puts what is at one path at another too.</summary>
    public Task CopyAsync(string from, string to, CancellationToken cancellationToken) =>
        WriteAsync($"C {Quoted(from)} {Quoted(to)}\n", cancellationToken);

    /// <summary>The commit, once it is in the repository.</summary>
    /// <exception cref="ImportRefusedException">git did not take it.</exception>
    public async Task<ObjectId> FinishAsync(CancellationToken cancellationToken)
    {
        // fast-import wants a ref to commit to; reset to nothing, it is never written.
        await WriteAsync($"get-mark :1\nreset {name}\nfrom {ObjectId.Zero}\n\ndone\n", cancellationToken);
        child.Input.Close();
        using var output = new StreamReader(child.Output);
        var commit = (await output.ReadToEndAsync(cancellationToken)).Trim();
        return await child.WaitAsync(cancellationToken) is 0 ? ObjectId.Parse(commit) : throw await RefusedAsync(null);
    }

    public async ValueTask DisposeAsync()
    {
        await child.DisposeAsync();
        // What fast-import leaves behind when it refuses its input, named by its process.
        File.Delete(string.Create(CultureInfo.InvariantCulture, $"{repository.Directory}/fast_import_crash_{child.Id}"));
    }

    private Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        if (!begun)
            text = $"commit {name}\nmark :1\ncommitter Slug <slug@localhost> {Date}\ndata 0\n{text}";
        begun = true;
        return WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await child.Input.WriteAsync(bytes, cancellationToken);
        }
        catch (IOException broken)
        {
            throw await RefusedAsync(broken);
        }
    }

    private async Task<ImportRefusedException> RefusedAsync(IOException? broken) =>
        new((await error).Split('\n')[0].Replace("fatal: ", "", StringComparison.Ordinal), broken);

    // git-fast-import, "filemodify": a path with anything unusual in it is quoted as in C.
    private static string Quoted(string path)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in path)
            _ = letter switch
            {
                '"' or '\\' => quoted.Append('\\').Append(letter),
                < ' ' or '\x7f' => quoted.Append('\\').Append(Convert.ToString(letter, 8).PadLeft(3, '0')),
                _ => quoted.Append(letter),
            };
        return quoted.Append('"').ToString();
    }
}

/// <summary>git refused what it was to import; the message is its own.</summary>
internal sealed class ImportRefusedException(string said, Exception? cause) : IOException(said, cause);
