using Slug.Hosting;

namespace Slug.Benchmarks.Scenes;

/// <summary>Trees as apps have them, made by the tools that make them.</summary>
internal static class RealTree
{
    // 160 MB in some 27,000 files.
    private const string Packages =
        """
        {
          "name": "tree", "version": "1.0.0", "private": true,
          "dependencies": {
            "@babel/core": "7.28.0", "@babel/preset-env": "7.28.0", "core-js": "3.45.0", "date-fns": "4.1.0", "esbuild": "0.25.9", "eslint": "9.33.0",
            "express": "5.1.0", "jest": "30.0.5", "lodash": "4.17.21", "mongoose": "8.17.0", "prettier": "3.6.2", "react": "19.1.0", "react-dom": "19.1.0",
            "rxjs": "7.8.2", "typescript": "5.9.2", "webpack": "5.101.0"
          }
        }
        """;

    private const string Project =
        """
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
        </Project>
        """;

    private const string Program =
        """
        var app = WebApplication.Create(args);
        app.MapGet("/", () => "Hello");
        app.Run();
        """;

    /// <summary>What <c>npm install</c> leaves, into a new folder.</summary>
    public static async Task InstallNodeAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), Packages, cancellationToken);
        await Programs.RunAsync(new("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts") { WorkingDirectory = folder }, cancellationToken);
    }

    /// <summary>What <c>dotnet publish</c> leaves, self-contained and not trimmed: 110 MB in some 335 files, into a new folder.</summary>
    public static async Task PublishDotnetAsync(string folder, CancellationToken cancellationToken)
    {
        using var source = new TemporaryFolder();
        await File.WriteAllTextAsync(source.In("app.csproj"), Project, cancellationToken);
        await File.WriteAllTextAsync(source.In("Program.cs"), Program, cancellationToken);
        await Programs.RunAsync(
            new ChildProcess("dotnet", "publish", "--configuration", "Release", "--runtime", "linux-x64", "--self-contained", "--output", folder, "-nologo", "-v", "q") { WorkingDirectory = source.Path },
            cancellationToken);
    }
}
