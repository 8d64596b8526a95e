using System.Formats.Tar;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Slug.Droplets.Bills;
using Slug.Droplets.Statements;

namespace Slug.Tests.Droplets.Bills;

[CancelAfter(60_000)]
public partial class BillTests
{
    private const string Lock = """{"packages":{"node_modules/a":{"version":"1.0.0+b","license":"MIT"},"node_modules/c":{"version":"2.0.0","license":"Our own","dev":true}}}""";

    [Test]
    public void The_same_files_give_the_same_bytes_and_another_file_another_number()
    {
        var (first, again, other) = (BillOf(("/app/package-lock.json", Lock)), BillOf(("/app/package-lock.json", Lock)), BillOf(("/app/package-lock.json", Lock.Replace("2.0.0", "2.0.1", StringComparison.Ordinal))));
        Assert.That(Bytes(first), Is.EqualTo(Bytes(again)));
        Assert.That(first.SerialNumber, Is.Not.EqualTo(other.SerialNumber));
    }

    [Test]
    public void It_is_what_CycloneDX_asks_for()
    {
        var bill = JsonDocument.Parse(Bytes(BillOf(("/app/package-lock.json", Lock)))).RootElement;
        Assert.That(bill.EnumerateObject().Select(member => member.Name), Is.EqualTo((string[])["bomFormat", "specVersion", "serialNumber", "version", "metadata", "components", "compositions"]));
        Assert.That((bill.GetProperty("bomFormat").GetString(), bill.GetProperty("specVersion").GetString(), bill.GetProperty("version").GetInt32()), Is.EqualTo(("CycloneDX", "1.5", 1)));
        Assert.That(bill.GetProperty("serialNumber").GetString(), Does.Match(SerialNumber()));
        Assert.That(bill.GetProperty("metadata").EnumerateObject().Select(member => member.Name), Is.EqualTo((string[])["tools", "component", "properties"]));
        var components = bill.GetProperty("components").EnumerateArray().ToList();
        Assert.That(components.SelectMany(component => component.EnumerateObject()).Select(member => member.Name).Distinct(),
            Is.SubsetOf((string[])["type", "bom-ref", "group", "name", "version", "scope", "hashes", "licenses", "purl", "properties"]));
        Assert.That(components.Select(component => component.GetProperty("bom-ref").GetString()), Is.Unique.And.EqualTo((string[])["pkg:npm/a@1.0.0%2Bb", "pkg:npm/c@2.0.0"]));
        Assert.That(components.Select(component => component.GetProperty("scope").GetString()), Is.EqualTo((string[])["required", "excluded"]));
        Assert.That(components.Select(component => component.GetProperty("licenses")[0].GetProperty("license").GetRawText()), Is.EqualTo((string[])["""{"id":"MIT"}""", """{"name":"Our own"}"""]), "an id is one of SPDX's");
        Assert.That(bill.GetProperty("compositions")[0].GetRawText(), Is.EqualTo("""{"aggregate":"unknown","assemblies":["droplet"]}"""));
    }

    [Test]
    public void A_package_of_two_files_is_there_once_with_both_places_and_what_each_knows()
    {
        var bill = BillOf(
            ("/app/package-lock.json", """{"packages":{"node_modules/a":{"version":"1.0.0","dev":true}}}"""),
            ("/app/web/package-lock.json", """{"packages":{"node_modules/a":{"version":"1.0.0","license":"ISC"}}}"""));
        var component = bill.Components.Single();
        Assert.That(component.Properties!.Select(property => property.Value), Is.EqualTo((string[])["/app/package-lock.json", "/app/web/package-lock.json"]));
        Assert.That((component.Scope, component.Licenses!.Single().License.Id), Is.EqualTo(("required", "ISC")));
    }

    [TestCase("/app/package-lock.json", "{")]
    [TestCase("/app/pom.xml", "<!DOCTYPE a><project/>")]
    public void A_file_that_cannot_be_read_is_named_and_the_bill_is_not_called_complete(string path, string content)
    {
        var bill = BillOf((path, content));
        Assert.That(bill.Metadata.Properties.Single(), Is.EqualTo(new BillProperty("slug:not-read", path)));
        Assert.That(bill.Compositions.Single().Aggregate, Is.EqualTo("incomplete"));
    }

    [Test]
    public void What_a_pom_names_is_not_all_and_that_is_said() =>
        Assert.That(BillOf(("/app/pom.xml", "<project/>")).Compositions.Single().Aggregate, Is.EqualTo("incomplete"));

    [Test]
    public void Names_that_no_honest_package_has_are_left_out()
    {
        var bill = BillOf(("/app/composer.lock", JsonSerializer.Serialize(new
        {
            packages = (object[])[new { name = "a\u001b[31m", version = "1" }, new { name = new string('x', 1000), version = "1" }, new { name = "", version = "1" }, new { name = "fine", version = "1" }],
        })));
        Assert.That(bill.Components.Select(component => component.Name), Is.EqualTo((string[])["fine"]));
    }

    [Test]
    public async Task Of_layers_the_higher_one_counts_and_what_is_too_large_is_named(CancellationToken cancellationToken)
    {
        var found = new FoundFiles();
        await found.AddAsync(await LayerAsync(("./app/go.mod", "old"), ("./app/other", "x"), ("./app/node_modules/a/go.mod", "x")), cancellationToken);
        await found.AddAsync(await LayerAsync(("./app/go.mod", "new"), ("./app/sub/go.sum", new string('x', (16 << 20) + 1))), cancellationToken);
        Assert.That(found.Files.Select(file => (file.Key, Encoding.UTF8.GetString(file.Value))), Is.EqualTo((object[])[("/app/go.mod", "new")]));
        Assert.That(found.PassedOver, Is.EqualTo((string[])["/app/sub/go.sum"]));
    }

    private static Bill BillOf(params (string Path, string Content)[] files)
    {
        var content = new BillContent();
        foreach (var (path, text) in files)
            content.Add(path, Lockfiles.ReaderOf(path)!, Encoding.UTF8.GetBytes(text));
        return content.ToBill(StoreScene.DigestOf("droplet"));
    }

    private static byte[] Bytes(Bill bill) => JsonSerializer.SerializeToUtf8Bytes(bill, StatementJson.Plain.Bill);

    private static async Task<Stream> LayerAsync(params (string Path, string Content)[] files)
    {
        var layer = new MemoryStream();
        await using (var tar = new TarWriter(layer, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var (path, content) in files)
                await tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
        }

        return new MemoryStream(layer.ToArray());
    }

    [GeneratedRegex("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")]
    private static partial Regex SerialNumber();
}
