using System.Runtime.InteropServices;
using Slug.Benchmarks;
using Slug.Benchmarks.Scenes;

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
    new Packing("node_modules", RealTree.InstallNodeAsync),
    new Packing("published .NET", RealTree.PublishDotnetAsync),
    new SourceHandover(),
    new IdleMemory(),
    new FirstByte(),
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
    var found = await benchmark.RunAsync(interrupted.Token);
    foreach (var finding in found)
        Console.WriteLine($"       {finding.Result}");
    findings.AddRange(found);
}

FindingTable.Write(findings, Console.Out);
return findings.TrueForAll(finding => finding.Holds) ? 0 : 1;

void Interrupt(PosixSignalContext signal)
{
    signal.Cancel = true;
    interrupted.Cancel();
}
