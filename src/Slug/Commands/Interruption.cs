using System.Runtime.InteropServices;

namespace Slug.Commands;

/// <summary>Ctrl-C and SIGTERM as a cancelled token. The second one ends the program as if nobody listened.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private Action<PosixSignal>? listener;

    public Interruption()
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
            registrations.Add(PosixSignalRegistration.Create(signal, Handle));
    }

    public CancellationToken Token => source.Token;

    /// <summary>From now on signals go to the listener alone and cancel nothing.</summary>
    public void HandOver(Action<PosixSignal> to) => listener = to;

    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = listener is not null || !source.IsCancellationRequested;
        if (listener is not null)
            listener(context.Signal);
        else
            source.Cancel();
    }
}
