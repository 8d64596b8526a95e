using System.Runtime.InteropServices;
using Slug.Builder;
using Slug.Builder.Buildpacks;
using Slug.Builder.Commands;
using Slug.Builder.Downloads;
using Slug.Builder.Protocol;
using Slug.Builder.Rehearsals;

var socket = Environment.GetEnvironmentVariable("SLUG_SERVICE");
var token = Environment.GetEnvironmentVariable("SLUG_TOKEN");
if (string.IsNullOrEmpty(socket) || string.IsNullOrEmpty(token))
{
    Console.Error.WriteLine("SLUG3105: builder knows no service; expected SLUG_SERVICE (a socket's path) and SLUG_TOKEN; it is started by slug alone");
    return ExitCodes.Misused;
}

Native.HideFromOtherProcesses();
using var threads = new ThreadReserve(TimeProvider.System);
using var stop = new CancellationTokenSource();
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stop.Cancel();
});

try
{
    using var http = ServiceConnection.Open(socket, token);
    var staged = new StagedBuildpacks(new(), new(http, ""));
    var job = await Rehearsal.WhileAsync(new JobPoll(http, TimeProvider.System).NextAsync(stop.Token), staged.FillAsync, stop.Token);
    return await RegistryListeners.WhileAsync(new Build(job, new(), new(http, job.BuildId), TimeProvider.System).RunAsync(stop.Token), job.Registries, http);
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return ExitCodes.Terminated;
}
catch (Exception gone) when (gone is HttpRequestException or IOException or OperationCanceledException)
{
    return ExitCodes.ServiceGone;
}
