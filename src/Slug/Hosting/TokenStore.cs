using Dapper;

namespace Slug.Hosting;

/// <summary>The tokens that are good, by their hashes.</summary>
internal sealed class TokenStore(Database database, DataDirectory data, TimeProvider time)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public Task<bool> IsGoodAsync(Token token, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db => db.ExecuteScalar<long>("select count(*) from tokens where hash = @Hash", new { token.Hash }) > 0, cancellationToken);

    /// <summary>On the first start: makes the admin token and writes it where only the operator reads it.</summary>
    public async Task EnsureAdminAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(data.Token))
            return;
        var token = Token.Create();
        await AddAsync("admin", token, cancellationToken);
        var unfinished = data.Token + ".new";
        await using (var file = new FileStream(unfinished, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
        await using (var writer = new StreamWriter(file))
            await writer.WriteLineAsync(token.Reveal());
        File.Move(unfinished, data.Token);
    }

    private Task<int> AddAsync(string name, Token token, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db => db.Execute(
                "insert into tokens (hash, name, created_at) values (@Hash, @name, @now)", new { token.Hash, name, now = time.GetUtcNow() }),
            cancellationToken);
}
