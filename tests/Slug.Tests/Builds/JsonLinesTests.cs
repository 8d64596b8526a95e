using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Slug.Builds;
using Slug.Content.Wire;

namespace Slug.Tests.Builds;

public class JsonLinesTests
{
    [Test]
    public async Task Lines_come_as_what_they_say()
    {
        var files = await ReadAsync("""{"path":"a","author":{"phase":"compile","program":"bin/compile of x"}}""" + "\n" + """{"path":"b","author":{"phase":"fetch"}}""" + "\n");
        Assert.That(files, Is.EqualTo((AuthoredFile[])[new("a", new(BuildPhase.Compile, "bin/compile of x")), new("b", new(BuildPhase.Fetch))]));
    }

    [TestCase("null\n")]
    [TestCase("{\n")]
    [TestCase("""{"path":"a","author":{"phase":"lunch"}}""" + "\n")]
    public void A_line_that_says_something_else_is_refused(string text) =>
        Assert.That(() => ReadAsync(text), Throws.InstanceOf<JsonException>());

    [Test]
    public void A_line_without_end_is_refused_before_it_is_held() =>
        Assert.That(() => ReadAsync(new string('x', 100_000)), Throws.InstanceOf<InvalidDataException>());

    private static async Task<List<AuthoredFile>> ReadAsync(string text)
    {
        var files = new List<AuthoredFile>();
        await foreach (var file in JsonLines.ReadAsync(PipeReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(text))), WireJson.Default.AuthoredFile, CancellationToken.None))
            files.Add(file);
        return files;
    }
}
