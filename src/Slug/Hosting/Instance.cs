using System.Security.Cryptography;

namespace Slug.Hosting;

/// <summary>This installation among others on the machine: eight hex digits, made once, that label all its Docker objects.</summary>
internal sealed record Instance(string Id)
{
    /// <summary>The label that every Docker object of an instance carries, with the id as its value.</summary>
    public const string Label = "slug";

    public static Instance Of(DataDirectory data)
    {
        if (!File.Exists(data.Instance))
            File.WriteAllText(data.Instance, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)) + "\n");
        return new(File.ReadAllText(data.Instance).Trim());
    }
}
