using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Slug.Content.Tar;

namespace Slug.Content.Tests.Tar;

[CancelAfter(60_000)]
internal sealed class LayerCheckTests
{
    private static readonly LayerLimits Limits = new();

    [Test]
    public void Any_layer_that_was_packed_passes() =>
        Prop.ForAll(SampleTree.Any, tree =>
        {
            using var scene = new TemporaryDirectory();
            tree.CreateIn(scene["app"], files => files);
            var layer = Layer.Pack(scene["app"]);
            var summary = Check(layer);
            return (summary.DiffId, summary.Size) == (Digest.Of(layer), layer.Length) && summary == Check(layer, most: 100);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Test]
    public void A_layer_with_hard_links_passes() =>
        Assert.That(Check(new RawTar().Directory("./app/").File("./app/a", "x").Add("./app/b", LayerFormat.HardLink, "./app/a").End()).Entries, Is.EqualTo(3));

    [Test]
    public void A_changed_bit_changes_the_digest_or_is_refused()
    {
        var layer = Sample();
        var digest = Digest.Of(layer);
        Prop.ForAll(Gen.Choose(0, layer.Length * 8 - 1).ToArbitrary(), bit =>
        {
            var changed = layer.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            return Refusal(changed) is not null || Check(changed).DiffId != digest;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Test]
    public void Every_bit_of_every_header_counts()
    {
        var layer = Sample();
        var bits = Enumerable.Range(512 * 8, 512 * 8).Where(bit => !IsPermission(bit / 8 - 512));
        Assert.That(bits, Has.All.Matches((int bit) =>
        {
            var changed = layer.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            return Refusal(changed) is not null;
        }));
    }

    [Test]
    public void A_layer_cut_anywhere_is_refused()
    {
        var layer = Sample();
        Assert.That(Enumerable.Range(0, layer.Length), Has.All.Matches((int length) => Refusal(layer[..length]) is not null));
    }

    [Test]
    public void Garbage_is_refused() =>
        Prop.ForAll<byte[]>(garbage => Refusal([.. garbage, .. new byte[1024]]) is not null).QuickCheckThrowOnFailure();

    [Test]
    public void Damage_in_several_places_is_refused_or_changes_the_digest()
    {
        var layer = Sample();
        var digest = Digest.Of(layer);
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ArrayOf(8).ToArbitrary(), damage =>
        {
            var changed = layer.ToArray();
            foreach (var place in damage)
                changed[place % changed.Length] = (byte)(place >> 8);
            return changed.AsSpan().SequenceEqual(layer) || Refusal(changed) is not null || Check(changed).DiffId != digest;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Test]
    public void Bytes_after_the_end_are_refused() =>
        Assert.That(Refusal([.. Sample(), 0]), Does.Contain("goes on after its end"));

    [Test]
    public void One_zero_block_is_not_the_end() =>
        Assert.That(Refusal([.. new RawTar().Directory("./app/").End()[..1024], .. new RawTar().File("./app/a").End()]), Does.Contain("goes on after a zero block"));

    [Test]
    public void Padding_that_holds_something_is_refused()
    {
        var layer = new RawTar().Directory("./app/").File("./app/a", "x").End();
        layer[3 * 512 - 1] = 1;
        Assert.That(Refusal(layer), Is.EqualTo("entry './app/a' is not padded with zeros"));
    }

    [Test]
    public void A_tar_by_another_program_is_refused()
    {
        using var scene = new TemporaryDirectory();
        scene.Folder("app");
        Program.Run("tar", "-cf", scene["other.tar"], "-C", scene.Path, "./app");
        Assert.That(Refusal(File.ReadAllBytes(scene["other.tar"])), Is.Not.Null);
    }

    [TestCase("./etc/passwd", "is not below './app/'")]
    [TestCase("/app/x", "is not below './app/'")]
    [TestCase("app/x", "is not below './app/'")]
    [TestCase("./app/../x", "has a part that is empty, '.' or '..'")]
    [TestCase("./app/..", "has a part that is empty, '.' or '..'")]
    [TestCase("./app/./x", "has a part that is empty, '.' or '..'")]
    [TestCase("./app//x", "has a part that is empty, '.' or '..'")]
    [TestCase("./app/x/", "has a slash at its end, or none")]
    [TestCase("./app/missing/x", "is not in a directory of the layer")]
    public void A_bad_name_is_refused_and_quoted(string name, string fault) =>
        Assert.That(Refusal(new RawTar().Directory("./app/").File(name).End()), Does.StartWith($"entry '{name}' {fault}"));

    [Test]
    public void A_part_longer_than_Linux_has_them_is_refused() =>
        Assert.That(Refusal(new RawTar().Directory("./app/").File("./app/" + new string('n', 256)).End()), Does.Contain("more than 255 bytes"));

    [Test]
    public void A_name_that_is_not_UTF_8_is_refused_and_escaped() =>
        Assert.That(Refusal(new RawTar().Directory("./app/").Add("./app/x", LayerFormat.RegularFile, change: header => header[6] = 0xFF).End()),
            Is.EqualTo(@"entry './app/\xff' is not UTF-8"));

    [Test]
    public void Control_characters_and_marks_of_direction_are_escaped() =>
        Assert.That(Refusal(new RawTar().Directory("./app/").File("./app/\u001b[2J\n\u202e//x").End()), Does.StartWith(@"entry './app/\x1b[2J\x0a\u202e//x'"));

    [TestCase('3')]
    [TestCase('4')]
    [TestCase('6')]
    public void Devices_and_FIFOs_are_refused(char type) =>
        Assert.That(Refusal(new RawTar().Directory("./app/").Add("./app/x", (byte)type).End()), Does.StartWith("entry './app/x' is a device or FIFO"));

    [TestCase('x')]
    [TestCase('g')]
    [TestCase('S')]
    [TestCase('\0')]
    public void Other_types_are_refused(char type) =>
        Assert.That(Refusal(new RawTar().Directory("./app/").Add("./app/x", (byte)type).End()), Does.StartWith("entry './app/x' has the type"));

    [TestCase(100, "0004755", "mode '0004755'; expected '0000755'")]
    [TestCase(108, "0000000", "uid '0000000'; expected '0001750'")]
    [TestCase(116, "0000000", "gid '0000000'; expected '0001750'")]
    [TestCase(136, "00000000000", "mtime '00000000000'; expected '02263523001'")]
    [TestCase(265, "root", "user 'root'; expected ''")]
    [TestCase(297, "root", "group 'root'; expected ''")]
    [TestCase(257, "ustar\u000000", @"magic 'ustar\x0000'; expected 'ustar  '")]
    [TestCase(345, "prefix", "rest 'prefix'; expected ''")]
    [TestCase(157, "target", "is a file with a link target")]
    [TestCase(124, "77777777777", "which makes the layer larger than its limit")]
    [TestCase(124, "x", "without a size")]
    public void A_field_that_the_packer_would_not_write_is_refused(int offset, string text, string fault) =>
        Assert.That(Refusal(new RawTar().Directory("./app/")
            .Add("./app/x", LayerFormat.RegularFile, change: header => Encoding.UTF8.GetBytes(text).CopyTo(header, offset)).End()), Does.StartWith("entry './app/x' ").And.Contain(fault));

    [Test]
    public void Names_out_of_order_are_refused() =>
        Assert.That(Refusal(new RawTar().Directory("./app/").File("./app/b").File("./app/a").End()), Is.EqualTo("entry './app/a' is out of order; expected the byte order of names"));

    [Test]
    public void A_name_twice_is_refused() =>
        Assert.That(Refusal(new RawTar().Directory("./app/").File("./app/a").File("./app/a").End()), Is.EqualTo("entry './app/a' appears twice"));

    [Test]
    public void A_directory_that_was_a_link_before_is_refused() =>
        Assert.That(Refusal(new RawTar().Directory("./app/").Add("./app/a", LayerFormat.SymbolicLink, "/etc").File("./app/a-").Directory("./app/a/").File("./app/a/passwd").End()),
            Is.EqualTo("entry './app/a/' appears twice"));

    [Test]
    public void An_entry_behind_a_link_is_refused() =>
        Assert.That(Refusal(new RawTar().Directory("./app/").Add("./app/a", LayerFormat.SymbolicLink, "/etc").File("./app/a/passwd").End()),
            Is.EqualTo("entry './app/a/passwd' is not in a directory of the layer"));

    [TestCase("./app/later")]
    [TestCase("/etc/shadow")]
    [TestCase("")]
    [TestCase("./app")]
    public void A_hard_link_to_anything_but_an_earlier_file_is_refused(string target) =>
        Assert.That(Refusal(new RawTar().Directory("./app/").Add("./app/b", LayerFormat.HardLink, target).File("./app/later").End()),
            Is.EqualTo($"entry './app/b' links to '{target}', which is no file that came before"));

    [Test]
    public void A_symbolic_link_without_a_target_is_refused() =>
        Assert.That(Refusal(new RawTar().Directory("./app/").Add("./app/b", LayerFormat.SymbolicLink).End()), Does.Contain("is a symbolic link without a target"));

    [Test]
    public void A_directory_with_contents_is_refused() =>
        Assert.That(Refusal(new RawTar().Add("./app/", LayerFormat.Directory, content: "x").End()), Does.Contain("is a directory with contents"));

    [Test]
    public void A_layer_without_its_root_is_refused()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Refusal(new RawTar().End()), Does.Contain("has no entries"));
            Assert.That(Refusal(new RawTar().File("./app/a").End()), Is.EqualTo("entry './app/a' comes first; expected the directory './app/'"));
        }
    }

    [Test]
    public void More_entries_than_the_limit_are_refused() =>
        Assert.That(Refusal(Sample(), Limits with { Entries = 2 }), Does.Contain("is one too many; a layer has at most 2 entries"));

    [Test]
    public void More_bytes_than_the_limit_are_refused_before_they_are_read()
    {
        var layer = new RawTar().Directory("./app/").File("./app/a", new string('a', 10_000)).End();
        Assert.That(Refusal(layer[..1024], Limits with { Size = 10_000 }), Is.EqualTo("entry './app/a' has 10000 bytes, which makes the layer larger than its limit of 10000 bytes"));
    }

    [Test]
    public void A_name_longer_than_the_limit_is_refused_before_it_is_read()
    {
        var layer = new RawTar().Directory("./app/").File("./app/" + new string('n', 250)).End();
        Assert.That(Refusal(layer[..1024], Limits with { NameLength = 255 }), Does.StartWith("a name or link target has 256 bytes; the limit is 255"));
    }

    [Test]
    public void A_long_name_that_would_fit_the_header_is_refused() =>
        Assert.That(Refusal(LongNamed("./app/short"u8.ToArray())), Does.StartWith("a name or link target has 11 bytes"));

    [Test]
    public void A_long_name_with_a_zero_in_it_is_refused() =>
        Assert.That(Refusal(LongNamed([.. "./app/"u8, .. new byte[200]])), Does.Contain("holds a zero"));

    private static byte[] LongNamed(byte[] name)
    {
        var header = new byte[512];
        LayerFormat.WriteLongHeader(header, LayerFormat.LongName, name.Length);
        return [.. new RawTar().Directory("./app/").End()[..512], .. header, .. name, .. new byte[1 + LayerFormat.Padding(name.Length + 1)],
            .. new RawTar().File("./app/x").End()];
    }

    private static bool IsPermission(int offset) => offset is >= 100 and < 108;

    private static byte[] Sample() => new RawTar().Directory("./app/").File("./app/a", "contents").Add("./app/b", LayerFormat.SymbolicLink, "a")
        .File("./app/" + new string('n', 150), "x").End();

    private static LayerSummary Check(byte[] layer, LayerLimits? limits = null, int most = int.MaxValue) =>
        LayerCheck.ReadAsync(new TrickleStream(layer, most), limits ?? Limits, CancellationToken.None).GetAwaiter().GetResult();

    private static string? Refusal(byte[] layer, LayerLimits? limits = null)
    {
        try
        {
            Check(layer, limits);
            return null;
        }
        catch (InvalidLayerException refusal)
        {
            return refusal.Message;
        }
    }
}
