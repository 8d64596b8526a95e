using System.Text.Json;
using System.Xml;
using Slug.Content;
using Slug.Droplets.Statements;

namespace Slug.Droplets.Bills;

/// <summary>What the lockfiles of a droplet name, each package once.</summary>
internal sealed class BillContent
{
    private const int MostPackages = 50_000;
    private const int MostPlaces = 10;
    private const string Root = "droplet";

    private readonly SortedDictionary<string, Found> packages = new(StringComparer.Ordinal);
    private readonly List<BillProperty> remarks = [];
    private bool isPartial;

    public void Add(string path, ReadPackages read, byte[] file)
    {
        try
        {
            foreach (var package in read(file).Where(package => package.IsHonest))
                Add(path, package);
        }
        catch (Exception mistake) when (mistake is JsonException or XmlException or FormatException or ArgumentException or InvalidOperationException)
        {
            // Half a list is none: but what was read of it is there, and it is said that this is not all.
            PassOver(path);
        }

        isPartial |= Lockfiles.IsPartial(path);
    }

    /// <summary>A file that there is and that was not, or not wholly, read.</summary>
    public void PassOver(string path)
    {
        isPartial = true;
        remarks.Add(new("slug:not-read", path));
    }

    public Bill ToBill(Digest droplet)
    {
        var bill = new Bill
        {
            Metadata = new(
                new([new() { Type = "application", Name = "slug", Version = Program.Version }]),
                new() { Type = "application", Reference = Root, Name = "droplet", Version = droplet.ToString() },
                remarks),
            Components = [.. packages.Select(entry => entry.Value.ToComponent(entry.Key))],
            Compositions = [new(isPartial ? "incomplete" : "unknown", [Root])],
        };
        return bill with { SerialNumber = NumberOf(bill) };
    }

    private void Add(string path, Package package)
    {
        if (packages.TryGetValue(package.Url, out var known))
            known.Add(path, package);
        else if (packages.Count < MostPackages)
            packages[package.Url] = new(path, package);
        else
            isPartial = true;
    }

    // RFC 9562, version 8: the digits are ours to choose.
    private static string NumberOf(Bill bill)
    {
        var hash = Convert.FromHexString(Digest.Of(JsonSerializer.SerializeToUtf8Bytes(bill, StatementJson.Plain.Bill)).Hex)[..16];
        (hash[6], hash[8]) = ((byte)((hash[6] & 0x0f) | 0x80), (byte)((hash[8] & 0x3f) | 0x80));
        return $"urn:uuid:{new Guid(hash, bigEndian: true):D}";
    }

    private sealed class Found(string path, Package package)
    {
        private readonly List<string> places = [path];
        private Package package = package;

        public void Add(string place, Package again)
        {
            if (places.Count < MostPlaces && !places.Contains(place))
                places.Add(place);
            package = package with
            {
                ForDevelopment = package.ForDevelopment && again.ForDevelopment,
                Hashes = package.Hashes.Count > 0 ? package.Hashes : again.Hashes,
                Licences = package.Licences.Count > 0 ? package.Licences : again.Licences,
            };
        }

        public BillComponent ToComponent(string url) => new()
        {
            Type = "library",
            Reference = url,
            Group = package.Group,
            Name = package.Name,
            Version = package.Version,
            Scope = package.ForDevelopment ? "excluded" : "required",
            Hashes = package.Hashes.Count > 0 ? [.. package.Hashes.Distinct()] : null,
            Licenses = package.Licences.Count > 0 ? [.. package.Licences.Select(licence => new BillLicence(LicenceName.Of(licence)))] : null,
            Purl = url,
            Properties = [.. places.Select(place => new BillProperty("slug:found-in", place))],
        };
    }
}
