using System.Text;

namespace Slug.Remotes;

/// <summary>A user and a password for another machine. Written out, it says nothing.</summary>
internal sealed record Credentials(string Login, string Password)
{
    /// <summary>The value of the header that carries them (RFC 7617).</summary>
    public string ToHeader() => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Login}:{Password}"))}";

    public override string ToString() => "…";
}
