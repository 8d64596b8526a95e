using Slug.Commands.Services;
using Slug.Content.Tar;
using Slug.Hosting;

namespace Slug.Bootstrap;

/// <summary>A program of Slug that can take over: its path, and the .NET runtime beside it.</summary>
/// <param name="Path">The executable.</param>
/// <param name="Runtime">Its DOTNET_ROOT; null takes the machine's own.</param>
internal sealed record SelfProgram(string Path, string? Runtime)
{
    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;

    /// <summary>Untars what a stage compiled into the data directory, under the droplet's name.</summary>
    public static async Task<SelfProgram> UnpackAsync(Stage compiler, Compilation compilation, DataDirectory data, CancellationToken cancellationToken)
    {
        var folder = System.IO.Path.Combine(data.Root, "programs", compilation.Droplet.Hex[..12]);
        if (!Directory.Exists(folder))
        {
            var unfinished = folder + ".new";
            if (Directory.Exists(unfinished))
                Directory.Delete(unfinished, recursive: true);
            Directory.CreateDirectory(unfinished);
            await using var layers = await compiler.Client.OpenAsync(ServiceRoute.Layers(SelfSource.App), cancellationToken);
            await TarExtraction.ExtractAsync(layers, unfinished, cancellationToken);
            Directory.Move(unfinished, folder);
        }

        return new($"{folder}/app/publish/slug/slug", $"{folder}/app/.dotnet");
    }

    /// <summary>Writes <c>programs/slug</c>: the command line of the version that runs.</summary>
    public void Announce(DataDirectory data)
    {
        var script = System.IO.Path.Combine(data.Root, "programs", "slug");
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(script)!);
        var runtime = Runtime is null ? "" : $"DOTNET_ROOT='{Runtime}' ";
        File.WriteAllText(script + ".new", $"#!/bin/sh\nSLUG_DATA='{data.Root}' {runtime}exec '{Path}' \"$@\"\n");
        File.SetUnixFileMode(script + ".new", Executable);
        File.Move(script + ".new", script, overwrite: true);
    }
}
