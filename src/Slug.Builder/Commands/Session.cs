using System.Globalization;

namespace Slug.Builder.Commands;

/// <summary>The processes that descend from one program, told by the session it leads.</summary>
internal readonly record struct Session(int Id)
{
    private const int Rounds = 50;

    public void Terminate() => Signal(Native.Terminate);

    // A process may start another while the list is read: again until none is left, but never for ever.
    public void Kill()
    {
        for (var round = 0; round < Rounds && Signal(Native.Kill); round++)
            Thread.Yield();
    }

    private bool Signal(int signal)
    {
        var id = Id;
        var members = Directory.EnumerateDirectories("/proc")
            .Select(directory => int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var process) ? process : 0)
            .Where(process => process > 0 && IsAliveIn(id, process))
            .ToList();
        members.ForEach(process => _ = Native.Signal(process, signal));
        return members.Count > 0;
    }

    // proc(5): "pid (name) state ppid pgrp session …"; the name may hold blanks and brackets.
    private static bool IsAliveIn(int session, int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ') is [not ("Z" or "X"), _, _, var id, ..]
                && id == session.ToString(CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
