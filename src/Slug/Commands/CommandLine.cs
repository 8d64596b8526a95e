using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Slug.Commands.Terminals;

namespace Slug.Commands;

/// <summary>Everything that can be typed after <c>slug</c>.</summary>
internal static class CommandLine
{
    public static async Task<int> InvokeAsync(string[] args, TextWriter output, TextWriter error)
    {
        var parse = Create().Parse(args);
        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            // Signals are ours to handle: see Interruption.
            ProcessTerminationTimeout = null,
        };
        if (parse.Action is not ParseErrorAction)
            return await parse.InvokeAsync(configuration);
        new Screen(output, error).Error(UsageErrors.Of(parse));
        return ExitCode.UsageError;
    }

    private static RootCommand Create()
    {
        var root = new RootCommand("Slug turns a git push into a droplet: one archive that holds an app and all it needs.")
        {
            SharedOptions.Data,
            UpCommand.Create(),
            DownCommand.Create(),
            ServeCommand.Create(),
            StatusCommand.Create(),
            TokenCommand.Create(),
            TokensCommand.Create(),
            EventsCommand.Create(),
            WebhooksCommand.Create(),
            DoctorCommand.Create(),
            RemoteCommand.Create(),
            AppsCommand.Create(),
            ConfigCommand.Create(),
            HooksCommand.Create(),
            BuildCommand.Create(),
            BuildpacksCommand.Create(),
            BuildsCommand.Create(),
            CiCommand.Create(),
            CacheCommand.Create(),
            LogsCommand.Create(),
            DropletsCommand.Create(),
            VerifyCommand.Create(),
            ReleasesCommand.Create(),
            RunCommand.Create(),
            GcCommand.Create(),
            FsckCommand.Create(),
            StacksCommand.Create(),
            BootstrapCommand.Create(),
            UpgradeCommand.Create(),
            TestCommand.Create(),
            BenchCommand.Create(),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        var withExamples = new HelpWithExamples((SynchronousCommandLineAction)help.Action!);
        help.Action = withExamples;
        root.SetAction(withExamples.Invoke);
        return root;
    }
}
