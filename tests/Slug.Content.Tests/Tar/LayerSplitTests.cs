using FsCheck;
using FsCheck.Fluent;
using Slug.Content.Tar;

namespace Slug.Content.Tests.Tar;

[CancelAfter(120_000)]
internal sealed class LayerSplitTests
{
    private TemporaryDirectory directory = null!;
    private string app = null!;

    [SetUp]
    public void Open()
    {
        directory = new();
        app = directory.Folder("app");
    }

    [TearDown]
    public void Remove() => directory.Dispose();

    [Test]
    public void The_same_tree_becomes_the_same_layers() =>
        Prop.ForAll(WideTree.Any, tree =>
        {
            using var scene = new TemporaryDirectory();
            tree.CreateIn(scene["one"], files => files);
            tree.CreateIn(scene["two"], files => files.Reverse());
            return Layer.Split(scene["one"]).Select(layer => Digest.Of(layer)).SequenceEqual(Layer.Split(scene["two"]).Select(layer => Digest.Of(layer)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(6));

    [Test]
    public void A_file_that_changes_changes_one_layer_whatever_its_size_becomes() =>
        Prop.ForAll(WideTree.Any, Gen.Choose(0, 1000).ToArbitrary(), Gen.Elements(0, 1, 700, 100_000).ToArbitrary(), (tree, number, size) =>
        {
            using var scene = new TemporaryDirectory();
            tree.CreateIn(scene["app"], files => files);
            var files = Directory.GetFiles(scene["app"], "*", SearchOption.AllDirectories).Where(path => new FileInfo(path).LinkTarget is null).Order().ToArray();
            if (files.Length == 0)
                return true;
            var before = Layer.Split(scene["app"]);
            File.WriteAllBytes(files[number % files.Length], [.. Enumerable.Repeat((byte)'!', size), (byte)'~']);
            var after = Layer.Split(scene["app"]);
            return before.Count == after.Count && before.Zip(after).Count(pair => !pair.First.AsSpan().SequenceEqual(pair.Second)) == 1;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(6));

    [Test]
    public void The_layers_in_their_order_are_the_tree_for_GNU_tar_and_for_us_and_each_passes_the_check() =>
        Prop.ForAll(WideTree.Any, tree =>
        {
            using var scene = new TemporaryDirectory();
            tree.CreateIn(scene["app"], files => files);
            var names = new List<string>();
            scene.Folder("out");
            foreach (var (index, layer) in Layer.Split(scene["app"]).Index())
            {
                LayerCheck.ReadAsync(new MemoryStream(layer), new(), CancellationToken.None).GetAwaiter().GetResult();
                File.WriteAllBytes(scene[$"{index}.tar"], layer);
                Program.Run("tar", "--no-same-owner", "-xpf", scene[$"{index}.tar"], "-C", scene["out"]);
                TarExtraction.ExtractAsync(new MemoryStream(layer), scene["ours"], CancellationToken.None).GetAwaiter().GetResult();
                names.AddRange(Program.Run("tar", "--quoting-style=escape", "-tf", scene[$"{index}.tar"]).Split('\n').Where(name => name.Length > 0 && !name.EndsWith('/')));
            }

            Program.Run("diff", "-r", "--no-dereference", scene["app"], scene["out/app"]);
            var packed = Layer.Pack(scene["app"]);
            return packed.AsSpan().SequenceEqual(Layer.Pack(scene["out/app"])) && packed.AsSpan().SequenceEqual(Layer.Pack(scene["ours/app"])) && names.Count == names.Distinct().Count();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(6));

    [Test]
    public void A_small_app_is_one_layer()
    {
        Write("src", 63);
        Write(".", 5);
        Assert.That(Layer.Split(app), Is.EqualTo((byte[][])[Layer.Pack(app)]));
    }

    [Test]
    public void Large_folders_have_layers_of_their_own_below_all_else()
    {
        Write("node_modules", 64);
        Write(".heroku/node", 64);
        Write(".heroku", 3);
        Write("src", 10);
        Write(".", 2);
        Assert.That(Layers().Select(Folders), Is.EqualTo((string[])
        [
            "./app/ ./app/.heroku/ ./app/.heroku/node/",
            "./app/ ./app/node_modules/",
            "./app/ ./app/.heroku/ ./app/src/",
        ]));
    }

    [TestCase(255, 1)]
    [TestCase(256, 8)]
    [TestCase(4096, 16)]
    public void A_very_large_folder_is_divided_by_the_names_in_it(int files, int layers)
    {
        Write("publish", files);
        Assert.That(Layers(), Has.Count.EqualTo(layers + 1));
    }

    [Test]
    public void What_holds_nearly_all_of_a_very_large_folder_is_divided_in_its_place()
    {
        Write("bin/publish", 300);
        Write("bin", 1);
        Assert.That(Layers(), Has.Count.EqualTo(9));
    }

    [Test]
    public void A_program_and_what_belongs_to_it_share_a_layer()
    {
        Write("publish", 300);
        foreach (var extension in (string[])["dll", "pdb", "exe"])
            File.WriteAllText($"{app}/publish/App.{extension}", "");
        var with = Layers().Where(layer => layer.Exists(name => name.Contains("App.", StringComparison.Ordinal)));
        Assert.That(with.Count(), Is.EqualTo(1));
    }

    [Test]
    public void There_are_never_too_many_layers()
    {
        foreach (var number in Enumerable.Range(0, 100))
            Write($"part{number}", 70);
        Write("most", 300);
        Assert.That(Layers(), Has.Count.EqualTo(65));
        Assert.That(Layers().Where(layer => layer.Contains("./app/most/")).ToList(), Has.Count.EqualTo(8), "the largest folders come first");
    }

    [Test]
    public void Of_hard_links_in_several_layers_each_has_the_file()
    {
        Write("large", 64);
        File.WriteAllText($"{app}/large/one", "same");
        Program.Run("ln", $"{app}/large/one", $"{app}/large/two");
        Program.Run("ln", $"{app}/large/one", $"{app}/other");
        Assert.That(Listing(0).Where(line => line.Contains(" link to ", StringComparison.Ordinal)), Has.One.EndsWith("./app/large/two link to ./app/large/one"));
        Assert.That(Listing(1), Has.One.Match("^-.* 4 .* ./app/other$"));
    }

    [Test]
    public void A_folder_that_its_owner_may_not_write_to_is_in_one_layer_so_that_it_can_be_unpacked()
    {
        Write("cache", 300);
        Program.Run("chmod", "555", $"{app}/cache");
        var layers = Layers();
        Program.Run("chmod", "755", $"{app}/cache");
        Assert.That(layers, Has.Count.EqualTo(2));
        Program.Run("chmod", "555", app);
        layers = Layers();
        Program.Run("chmod", "755", app);
        Assert.That(layers, Has.Count.EqualTo(1));
    }

    [Test]
    public void What_is_left_out_does_not_count()
    {
        Write("lib", 64);
        var parts = LayerTree.Read(app, "./app", (path, _) => path == "lib/f1").Split();
        Assert.That(parts, Has.Count.EqualTo(1));
    }

    [Test]
    public void Layers_may_be_written_side_by_side()
    {
        Write("publish", 300);
        var parts = LayerTree.Read(app, "./app", (_, _) => false).Split();
        var layers = new byte[parts.Count][];
        Parallel.For(0, parts.Count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, index =>
        {
            var layer = new MemoryStream();
            parts[index].WriteAsync(layer, CancellationToken.None).GetAwaiter().GetResult();
            layers[index] = layer.ToArray();
        });
        Assert.That(layers, Is.EqualTo(Layer.Split(app)));
    }

    [Test]
    public void The_layers_of_a_known_tree_never_change()
    {
        Write("publish", 300);
        Program.Run("chmod", "-R", "u=rwX,go=rX", app);
        var digests = string.Join('\n', Layer.Split(app).Select(layer => Digest.Of(layer)));
        Assert.That(Digest.Of(System.Text.Encoding.UTF8.GetBytes(digests)).Hex, Is.EqualTo("4600836cc38f624671ab66534e440e231402d092786e65b4d0672dc401c73cca"));
    }

    private void Write(string folder, int files)
    {
        Directory.CreateDirectory($"{app}/{folder}");
        foreach (var number in Enumerable.Range(0, files))
            File.WriteAllText($"{app}/{folder}/f{number}", $"{number}");
    }

    private List<List<string>> Layers() => [.. Layer.Split(app).Select(layer =>
    {
        File.WriteAllBytes(directory["layer.tar"], layer);
        return Program.Run("tar", "-tf", directory["layer.tar"]).Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
    })];

    private static string Folders(List<string> names) => string.Join(' ', names.Where(name => name.EndsWith('/')));

    private string[] Listing(int layer)
    {
        File.WriteAllBytes(directory["layer.tar"], Layer.Split(app)[layer]);
        return Program.Run("tar", "-tvf", directory["layer.tar"]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
