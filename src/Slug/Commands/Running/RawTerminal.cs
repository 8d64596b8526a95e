using System.Globalization;
using Slug.Hosting;

namespace Slug.Commands.Running;

/// <summary>The terminal hands every key through, Ctrl-C too, until this is disposed.</summary>
internal sealed class RawTerminal : IAsyncDisposable
{
    private readonly string settings;

    private RawTerminal(string settings) => this.settings = settings;

    public static async Task<RawTerminal> EnterAsync(CancellationToken cancellationToken)
    {
        var settings = await SttyAsync(["-g"], cancellationToken);
        await SttyAsync(["raw", "-echo"], cancellationToken);
        return new(settings);
    }

    /// <summary>Console asks too, and changes the terminal's settings as it does.</summary>
    public static async Task<TerminalSize?> SizeAsync(CancellationToken cancellationToken) =>
        TerminalSize.Parse(await SttyAsync(["size"], cancellationToken));

    public async ValueTask DisposeAsync() => await SttyAsync([settings], CancellationToken.None);

    private static async Task<string> SttyAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        (await new ChildProcess("stty", ["-F", "/dev/tty", .. arguments]).RunAsync(cancellationToken)).Output.Trim();
}

/// <summary>Characters across and down.</summary>
internal sealed record TerminalSize(int Columns, int Rows)
{
    /// <summary>Reads <c>24 80</c>; null where the terminal does not know.</summary>
    public static TerminalSize? Parse(string text) =>
        text.Split(' ') is [var rows, var columns]
        && int.TryParse(rows, CultureInfo.InvariantCulture, out var down) && down > 0
        && int.TryParse(columns, CultureInfo.InvariantCulture, out var across) && across > 0
            ? new(across, down)
            : null;
}
