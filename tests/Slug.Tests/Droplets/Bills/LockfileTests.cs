using System.Text;
using System.Text.Json;
using System.Xml;
using Slug.Droplets.Bills;

namespace Slug.Tests.Droplets.Bills;

public class LockfileTests
{
    private const string Sha512 = "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==";
    private const string Sha512Hex = "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e";

    [Test]
    public void Of_npm_s_second_and_third_form_what_is_installed_counts()
    {
        var packages = Read("/app/package-lock.json", $$"""
            { "name": "hello", "lockfileVersion": 3, "packages": {
              "": { "name": "hello", "version": "1.0.0" },
              "packages/mine": { "version": "1.0.0" },
              "node_modules/mine": { "resolved": "packages/mine", "link": true },
              "node_modules/express": { "version": "4.19.2", "license": "MIT", "integrity": "{{Sha512}}" },
              "node_modules/express/node_modules/@types/node": { "version": "20.1.0", "dev": true },
              "node_modules/alias": { "name": "real", "version": "2.0.0" } } }
            """);
        Assert.That(packages.Select(package => package.Url), Is.EqualTo((string[])["pkg:npm/express@4.19.2", "pkg:npm/%40types/node@20.1.0", "pkg:npm/real@2.0.0"]));
        Assert.That((packages[0].Hashes[0].Alg, packages[0].Hashes[0].Content, packages[0].Licences[0]), Is.EqualTo(("SHA-512", Sha512Hex, "MIT")));
        Assert.That(packages.Select(package => package.ForDevelopment), Is.EqualTo((bool[])[false, true, false]));
    }

    [Test]
    public void Of_npm_s_first_form_nested_packages_count_and_addresses_do_not() =>
        Assert.That(
            Urls("/app/npm-shrinkwrap.json", """
                { "lockfileVersion": 1, "dependencies": {
                  "a": { "version": "1.0.0", "dependencies": { "b": { "version": "2.0.0" } } },
                  "c": { "version": "git+ssh://git@host/c.git#abc" } } }
                """),
            Is.EquivalentTo((string[])["pkg:npm/a@1.0.0", "pkg:npm/b@2.0.0"]));

    [Test]
    public void Of_Yarn_both_forms_are_read()
    {
        var first = Read("/app/yarn.lock", $"""
            # yarn lockfile v1


            "@babel/core@^7.0.0", "@babel/core@^7.1.0":
              version "7.2.0"
              resolved "https://host/core.tgz#abc"
              integrity {Sha512}
              dependencies:
                version-range "1.0.0"

            left-pad@1.3.0:
              version "1.3.0"
            """);
        Assert.That(first.Select(package => package.Url), Is.EqualTo((string[])["pkg:npm/%40babel/core@7.2.0", "pkg:npm/left-pad@1.3.0"]));
        Assert.That(first[0].Hashes[0].Content, Is.EqualTo(Sha512Hex));
        Assert.That(
            Urls("/app/yarn.lock", """
                __metadata:
                  version: 8

                "hello@workspace:.":
                  version: 0.0.0-use.local

                "ms@npm:^2.1.1":
                  version: 2.1.3
                  checksum: 10c0/abc
                """),
            Is.EqualTo((string[])["pkg:npm/ms@2.1.3"]));
    }

    [Test]
    public void Of_pnpm_the_packages_are_read_in_the_forms_5_6_and_9()
    {
        var packages = Read("/app/pnpm-lock.yaml", $$"""
            lockfileVersion: '9.0'

            packages:

              '@types/node@20.1.0':
                resolution: {integrity: {{Sha512}}}

              /lodash@4.17.21(peer@1.0.0):
                resolution: {integrity: {{Sha512}}, tarball: x}

              /ms/2.1.3_peer@1.0.0:
                dev: true

            snapshots:

              never@1.0.0: {}
            """);
        Assert.That(packages.Select(package => package.Url), Is.EqualTo((string[])["pkg:npm/%40types/node@20.1.0", "pkg:npm/lodash@4.17.21", "pkg:npm/ms@2.1.3"]));
        Assert.That(packages.Select(package => package.Hashes.Count), Is.EqualTo((int[])[1, 1, 0]));
    }

    [Test]
    public void Of_NuGet_the_lockfile_and_what_was_published_are_read()
    {
        var locked = Read("/app/packages.lock.json", $$"""
            { "version": 1, "dependencies": { "net10.0": {
              "Polly": { "type": "Direct", "resolved": "8.6.1", "contentHash": "{{Sha512["sha512-".Length..]}}" },
              "mine": { "type": "Project" } } } }
            """);
        Assert.That(locked.Select(package => (package.Url, package.Hashes[0].Content)), Is.EqualTo((object[])[("pkg:nuget/Polly@8.6.1", Sha512Hex)]));
        Assert.That(
            Urls("/app/bin/hello.deps.json", """
                { "libraries": { "hello/1.0.0": { "type": "project" }, "Polly/8.6.1": { "type": "package", "sha512": "" },
                  "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/10.0.1": { "type": "runtimepack" } } }
                """),
            Is.EqualTo((string[])["pkg:nuget/Polly@8.6.1", "pkg:nuget/Microsoft.NETCore.App.Runtime.linux-x64@10.0.1"]));
    }

    [Test]
    public void Of_requirements_the_pins_count()
    {
        var packages = Read("/app/requirements.txt", $"""
            # comment
            -r other.txt
            Flask[async]==3.0.0 ; python_version >= "3.8"  # why
            flask_cors == 4.0.0 \
                --hash=sha256:{new string('a', 64)} \
                --hash=sha256:{new string('b', 64)}
            unpinned>=1.0
            wild==1.*
            git+https://host/x
            """);
        Assert.That(packages.Select(package => package.Url), Is.EqualTo((string[])["pkg:pypi/flask@3.0.0", "pkg:pypi/flask-cors@4.0.0"]));
        Assert.That(packages[1].Hashes, Has.Count.EqualTo(2));
    }

    [Test]
    public void Of_Python_s_other_tools_the_lockfiles_are_read_and_what_is_installed()
    {
        Assert.That(
            Urls("/app/Pipfile.lock", """{ "default": { "flask": { "version": "==3.0.0", "hashes": ["sha256:x"] }, "mine": { "path": "." } }, "develop": { "pytest": { "version": "==8.0" } } }"""),
            Is.EqualTo((string[])["pkg:pypi/flask@3.0.0", "pkg:pypi/pytest@8.0"]));
        Assert.That(
            Urls("/app/poetry.lock", "[[package]]\nname = \"flask\"\nversion = \"3.0.0\"\n\n[package.dependencies]\nname = \"no\"\nversion = \"no\"\n\n[[package]]\nname = \"idna\"\nversion = \"3.7\"\n"),
            Is.EqualTo((string[])["pkg:pypi/flask@3.0.0", "pkg:pypi/idna@3.7"]));
        Assert.That(
            Urls("/app/uv.lock", "version = 1\n\n[[package]]\nname = \"hello\"\nversion = \"0.1\"\nsource = { virtual = \".\" }\n\n[[package]]\nname = \"idna\"\nversion = \"3.7\"\n"),
            Is.EqualTo((string[])["pkg:pypi/idna@3.7"]));
        var installed = Read("/app/.venv/lib/python3.11/site-packages/flask-3.0.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: Flask\nVersion: 3.0.0\nLicense: BSD-3-Clause\n\nName: not this\n");
        Assert.That(installed.Select(package => (package.Url, package.Licences[0])), Is.EqualTo((object[])[("pkg:pypi/flask@3.0.0", "BSD-3-Clause")]));
    }

    [Test]
    public void Of_a_Gemfile_the_gems_of_sources_are_read_with_platform_and_checksum()
    {
        var gems = Read("/app/Gemfile.lock", $"""
            PATH
              remote: .
              specs:
                mine (0.1.0)

            GEM
              remote: https://rubygems.org/
              specs:
                nokogiri (1.15.0-x86_64-linux)
                  racc (~> 1.4)
                rack (3.0.0)

            CHECKSUMS
              rack (3.0.0) sha256={new string('a', 64)}
            """);
        Assert.That(gems.Select(gem => gem.Url), Is.EqualTo((string[])["pkg:gem/nokogiri@1.15.0?platform=x86_64-linux", "pkg:gem/rack@3.0.0"]));
        Assert.That(gems[1].Hashes.Single(), Is.EqualTo(new PackageHash("SHA-256", new string('a', 64))));
    }

    [Test]
    public void Of_Go_the_requirements_are_read_and_the_sums_of_what_was_fetched()
    {
        Assert.That(
            Urls("/app/go.mod", "module host/app\n\ngo 1.19\n\nrequire github.com/One/Two v1.0.0\n\nrequire (\n\tgolang.org/x/text v0.3.7 // indirect\n)\n\nreplace a => b v1\n"),
            Is.EqualTo((string[])["pkg:golang/github.com/one/two@v1.0.0", "pkg:golang/golang.org/x/text@v0.3.7"]));
        Assert.That(
            Urls("/app/go.sum", "golang.org/x/text v0.3.7 h1:abc=\ngolang.org/x/text v0.3.7/go.mod h1:def=\nonly/looked v1/go.mod h1:x=\n"),
            Is.EqualTo((string[])["pkg:golang/golang.org/x/text@v0.3.7"]));
    }

    [Test]
    public void Of_Maven_what_the_app_names_itself_is_read_with_its_own_properties() =>
        Assert.That(
            Read("/app/pom.xml", """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <properties><guava>33.0.0-jre</guava><a>${b}</a></properties>
                  <dependencyManagement><dependencies><dependency><groupId>org.slf4j</groupId><artifactId>slf4j-api</artifactId><version>2.0.9</version></dependency></dependencies></dependencyManagement>
                  <dependencies>
                    <dependency><groupId>com.google.guava</groupId><artifactId>guava</artifactId><version>${guava}</version></dependency>
                    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-api</artifactId></dependency>
                    <dependency><groupId>junit</groupId><artifactId>junit</artifactId><version>4.13</version><scope>test</scope></dependency>
                    <dependency><groupId>of.parent</groupId><artifactId>unknown</artifactId></dependency>
                    <dependency><groupId>x</groupId><artifactId>chain</artifactId><version>${a}</version></dependency>
                  </dependencies>
                </project>
                """).Select(package => (package.Url, package.ForDevelopment)),
            Is.EqualTo((object[])[("pkg:maven/com.google.guava/guava@33.0.0-jre", false), ("pkg:maven/org.slf4j/slf4j-api@2.0.9", false), ("pkg:maven/junit/junit@4.13", true)]));

    [Test]
    public void Of_Composer_packages_are_read_with_licence_and_checksum()
    {
        var package = Read("/app/composer.lock", $$"""
            { "packages": [ { "name": "monolog/monolog", "version": "3.5.0", "license": ["MIT"], "dist": { "shasum": "{{new string('a', 40)}}" } } ], "packages-dev": [ 7 ] }
            """).Single();
        Assert.That((package.Url, package.Licences[0], package.Hashes[0].Alg), Is.EqualTo(("pkg:composer/monolog/monolog@3.5.0", "MIT", "SHA-1")));
    }

    [Test]
    public void Of_dpkg_s_list_what_is_installed_counts() =>
        Assert.That(
            Urls("/app/.apt/var/lib/dpkg/status.d/libc6", """
                Package: libc6
                Status: install ok installed
                Architecture: amd64
                Version: 1:2.36-9+deb12u10
                Description: a
                 Package: not this

                Package: gone
                Status: deinstall ok config-files
                Version: 1

                Package: unpacked
                Version: 2
                """),
            Is.EqualTo((string[])["pkg:deb/debian/libc6@1%3A2.36-9%2Bdeb12u10?arch=amd64", "pkg:deb/debian/unpacked@2"]));

    [TestCase("/app/node_modules/x/package-lock.json")]
    [TestCase("/app/vendor/bundle/Gemfile.lock")]
    [TestCase("/app/README.md")]
    [TestCase("/app/my-package-lock.json")]
    public void What_packages_brought_and_what_is_no_lockfile_is_not_read(string path) =>
        Assert.That(Lockfiles.ReaderOf(path), Is.Null);

    [Test]
    [CancelAfter(60_000)]
    public void What_strangers_wrote_ends_in_an_error_or_in_nothing([ValueSource(nameof(Paths))] string path, [ValueSource(nameof(Hostile))] string name)
    {
        var read = Lockfiles.ReaderOf(path)!;
        try
        {
            Assert.That(read(Encoding.Latin1.GetBytes(hostile[name])).Count(), Is.LessThan(100_000));
        }
        catch (Exception mistake) when (mistake is JsonException or XmlException or InvalidOperationException or FormatException)
        {
            Assert.That(mistake.Message, Is.Not.Empty);
        }
    }

    private static IEnumerable<string> Paths() =>
    [
        "/app/package-lock.json", "/app/yarn.lock", "/app/pnpm-lock.yaml", "/app/packages.lock.json", "/app/x.deps.json", "/app/requirements.txt", "/app/Pipfile.lock",
        "/app/poetry.lock", "/app/Gemfile.lock", "/app/go.mod", "/app/go.sum", "/app/pom.xml", "/app/composer.lock", "/app/.apt/var/lib/dpkg/status.d/x", "/app/x.dist-info/METADATA",
    ];

    // By name: a test that is called by a megabyte is no test.
    private static readonly Dictionary<string, string> hostile = new()
    {
        ["empty"] = "",
        ["no text"] = "\xff\xfe\0\0",
        ["null"] = "null",
        ["arrays"] = "[[]]",
        ["a string"] = "\"text\"",
        ["other types"] = """{"packages":{"node_modules/a":[],"node_modules/":{"version":7},"node_modules/b":null},"dependencies":[1],"libraries":{"a":1,"/":{"type":"package"}},"default":{"a":"b"}}""",
        ["deep arrays"] = new string('[', 200_000),
        ["deep objects"] = string.Concat(Enumerable.Repeat("{\"dependencies\":", 100_000)),
        ["open elements"] = string.Concat(Enumerable.Repeat("<version>", 100_000)),
        ["entities"] = "<!DOCTYPE a [<!ENTITY b \"bbbbbbbb\"><!ENTITY c \"&b;&b;&b;\">]><project>&c;</project>",
        ["deep elements"] = "<project><dependencies><dependency>" + string.Concat(Enumerable.Repeat("<version>", 50_000)) + string.Concat(Enumerable.Repeat("</version>", 50_000)) + "</dependency></dependencies></project>",
        ["a long line"] = string.Concat(Enumerable.Repeat("a@1, ", 100_000)) + ":\n  version \"1\"\n",
        ["empty keys"] = "packages:\n  /:\n  @:\n  (:\n  '':\n",
        ["joined lines"] = string.Concat(Enumerable.Repeat("a==1\\\n", 50_000)),
        ["equals"] = new string('=', 500_000),
        ["brackets"] = "require (\n\n)\nrequire\n)\n\n",
        ["empty gems"] = "GEM\n    ()\n    ( (\n    x (-)\nCHECKSUMS\n  sha256=\n",
    };

    private static string[] Hostile() => [.. hostile.Keys];

    private static List<Package> Read(string path, string content) => [.. Lockfiles.ReaderOf(path)!(Encoding.UTF8.GetBytes(content))];

    private static IEnumerable<string> Urls(string path, string content) => Read(path, content).Select(package => package.Url);
}
