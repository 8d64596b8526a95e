using System.Text;

namespace Slug.Builder.Commands;

/// <summary>A shell script that runs a program again as the build ran it. With arguments it runs them instead, in the same folder and environment.</summary>
internal static class CommandRecord
{
    public static string ScriptOf(Command command)
    {
        var script = new StringBuilder("#!/bin/bash\n")
            .Append("cd ").Append(Quote(command.Directory)).Append(" || exit\n")
            .Append("[ $# -gt 0 ] || set -- ").AppendJoin(' ', command.Arguments.Prepend(command.Program).Select(Quote)).Append('\n')
            .Append("exec /usr/bin/env -i");
        foreach (var (name, value) in command.Environment.OrderBy(variable => variable.Key, StringComparer.Ordinal))
            script.Append(" \\\n    ").Append(Quote($"{name}={value}"));
        return script.Append(" \\\n    \"$@\"\n").ToString();
    }

    private static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
