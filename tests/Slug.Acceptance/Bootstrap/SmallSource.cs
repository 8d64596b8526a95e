namespace Slug.Acceptance.Bootstrap;

/// <summary>A web app in the place of Slug's source: it has what a bootstrap asks of one, and compiles in seconds.</summary>
internal static class SmallSource
{
    private const string Solution =
        """Project("{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}") = "slug", "slug.csproj", "{0B7A1F0E-5D6C-4C5C-9C53-0C1D5B1C7A01}" """;

    /// <param name="more">What its project file holds beside the usual.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task<GitFolder> WithAsync(string more, CancellationToken cancellationToken) =>
        GitFolder.OfAsync(
            new Dictionary<string, string>
            {
                ["Slug.sln"] = Solution,
                ["slug.csproj"] =
                    $"""
                    <Project Sdk="Microsoft.NET.Sdk.Web">
                      <PropertyGroup>
                        <TargetFramework>net10.0</TargetFramework>
                        <ImplicitUsings>enable</ImplicitUsings>
                      </PropertyGroup>
                      {more}
                    </Project>
                    """,
                ["Program.cs"] = "WebApplication.Create(args).Run();\n",
            },
            cancellationToken);
}
