using System.Runtime.InteropServices;
using Slug.Benchmarks;

using var interrupted = new CancellationTokenSource();
using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);

IBenchmark[] all =
[
    new KnownTreePush(),
    new SmallAppBuild("procfile"),
    new SmallAppBuild("static"),
    new KeptDependencies(),
    new SecondPush("node-hello", "server.js", "// changed\n"),
    new SecondPush("dotnet-hello", "Program.cs", "// changed\n"),
    new SecondPush("python-hello", "app.py", "# changed\n"),
    new SourceHandover(),
    new IdleMemory(),
    new LargeApp("many-files", "100,000 files", (app, cancellationToken) => app.CommitManyAsync(100_000, cancellationToken)),
    new LargeApp("large-file", "one file of 1 GB", (app, cancellationToken) => app.CommitNoiseAsync(1 << 30, cancellationToken)),
];

var chosen = args.Length == 0 ? all : [.. all.Where(benchmark => args.Contains(benchmark.Name))];
if (chosen.Length < args.Length)
{
    Console.Error.WriteLine($"'{string.Join(' ', args)}' is not a choice of benchmarks; expected {string.Join(", ", all.Select(benchmark => benchmark.Name))}");
    return 2;
}

var findings = new List<Finding>();
foreach (var benchmark in chosen)
{
    Console.WriteLine($"-----> {benchmark.Name}");
    findings.Add(await benchmark.RunAsync(interrupted.Token));
    Console.WriteLine($"       {findings[^1].Result}");
}

FindingTable.Write(findings, Console.Out);
return findings.TrueForAll(finding => finding.Holds) ? 0 : 1;

void Interrupt(PosixSignalContext signal)
{
    signal.Cancel = true;
    interrupted.Cancel();
}
