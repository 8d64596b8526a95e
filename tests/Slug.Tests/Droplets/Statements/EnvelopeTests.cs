using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Slug.Content;
using Slug.Droplets.Statements;
using Slug.Hosting;
using Slug.Tests.Commands;

namespace Slug.Tests.Droplets.Statements;

[CancelAfter(60_000)]
public class EnvelopeTests
{
    private static readonly Digest droplet = StoreScene.DigestOf("droplet");

    private ScratchFolder folder = null!;
    private DataDirectory data = null!;
    private SigningKey key = null!;
    private Envelope envelope = null!;

    [SetUp]
    public void Sign()
    {
        folder = new();
        data = new(folder.Path);
        key = new(data);
        key.Ensure();
        envelope = Envelope.Sign(
            new()
            {
                Subject = [new() { Name = "droplet", Digest = ResourceDescriptor.Sha256(droplet) }],
                PredicateType = "https://host/type",
                Predicate = JsonSerializer.SerializeToElement("größer"),
            },
            key);
    }

    [TearDown]
    public void Close()
    {
        key.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task Another_program_verifies_what_is_signed(CancellationToken cancellationToken)
    {
        var json = JsonDocument.Parse(envelope.Write()).RootElement;
        var payload = Convert.FromBase64String(json.GetProperty("payload").GetString()!);
        var signature = json.GetProperty("signatures")[0];
        // As the DSSE protocol writes it down: lengths in bytes, in decimal.
        byte[] signed = [.. Encoding.UTF8.GetBytes($"DSSEv1 28 application/vnd.in-toto+json {payload.Length} "), .. payload];
        await File.WriteAllBytesAsync(folder.In("signed"), signed, cancellationToken);
        await File.WriteAllBytesAsync(folder.In("signature"), Convert.FromBase64String(signature.GetProperty("sig").GetString()!), cancellationToken);
        await File.WriteAllTextAsync(folder.In("key.pem"), key.PublicPem, cancellationToken);

        Assert.That(json.GetProperty("payloadType").GetString(), Is.EqualTo("application/vnd.in-toto+json"));
        Assert.That(await OpensslAsync("dgst -sha256 -verify key.pem -signature signature signed", cancellationToken), Is.EqualTo("Verified OK\n"));
        await OpensslAsync("pkey -pubin -in key.pem -outform DER -out key.der", cancellationToken);
        Assert.That(signature.GetProperty("keyid").GetString(), Is.EqualTo(Digest.Of(await File.ReadAllBytesAsync(folder.In("key.der"), cancellationToken)).Hex));
    }

    [Test]
    public void The_payload_is_a_statement_as_in_toto_has_it() =>
        Assert.That(Encoding.UTF8.GetString(envelope.Payload), Is.EqualTo(
            $$$"""{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"droplet","digest":{"sha256":"{{{droplet.Hex}}}"}}],"predicateType":"https://host/type","predicate":"größer"}"""));

    [Test]
    public void What_was_written_is_believed_when_it_is_read()
    {
        using var publicKey = PublicKey(key);
        Assert.That(SignatureCheck.MistakeIn(Envelope.Read(envelope.Write()), publicKey, droplet), Is.Null);
    }

    [Test]
    public void Any_flipped_byte_of_payload_type_or_signature_is_found()
    {
        using var publicKey = PublicKey(key);
        for (var place = 0; place < envelope.Payload.Length; place++)
            Assert.That(SignatureCheck.MistakeIn(envelope with { Payload = Flipped(envelope.Payload, place) }, publicKey, droplet), Does.StartWith("SLUG4156"));
        var signature = envelope.Signatures[0];
        Assert.That(SignatureCheck.MistakeIn(envelope with { Signatures = [signature with { Sig = Flipped(signature.Sig, 40) }] }, publicKey, droplet), Does.StartWith("SLUG4156"));
        Assert.That(SignatureCheck.MistakeIn(envelope with { PayloadType = "application/vnd.in-toto+jsom" }, publicKey, droplet), Does.StartWith("SLUG4156"));
        Assert.That(SignatureCheck.MistakeIn(envelope with { Signatures = [] }, publicKey, droplet), Does.StartWith("SLUG4155"));
    }

    [Test]
    public void Another_key_and_another_droplet_are_named()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var publicKey = PublicKey(key);
        Assert.That(SignatureCheck.MistakeIn(envelope, other, droplet), Does.StartWith("SLUG4155").And.Contain(key.Id).And.Contain(SigningKey.IdOf(other)));
        Assert.That(SignatureCheck.MistakeIn(envelope, publicKey, StoreScene.DigestOf("other")), Does.StartWith("SLUG4157").And.Contain(droplet.Hex));
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("""{"payload":"e30=","payloadType":"text/plain","signatures":[]}""")]
    [TestCase("""{"payload":"e30=","payloadType":"application/vnd.in-toto+json"}""")]
    [TestCase("""{"payload":"not base64!","payloadType":"application/vnd.in-toto+json","signatures":[]}""")]
    public void What_is_no_envelope_is_refused(string json) =>
        Assert.That(() => Envelope.Read(Encoding.UTF8.GetBytes(json)), Throws.TypeOf<InvalidDataException>());

    [Test]
    public void The_key_is_made_once_for_its_owner_alone()
    {
        Assert.That(File.GetUnixFileMode(data.SigningKey), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        using var again = new SigningKey(data);
        again.Ensure();
        Assert.That(again.Id, Is.EqualTo(key.Id));
        Assert.That(key.PublicPem, Does.StartWith("-----BEGIN PUBLIC KEY-----").And.Not.Contains("PRIVATE"));
    }

    [TestCase("")]
    [TestCase("no key")]
    public void A_key_that_is_none_keeps_the_service_from_starting(string content)
    {
        File.WriteAllText(data.SigningKey, content);
        using var broken = new SigningKey(data);
        Assert.That(broken.Ensure, Throws.TypeOf<InvalidDataDirectoryException>().With.Message.Contains("SLUG4154").And.Message.Contains(data.SigningKey));
    }

    [Test]
    public void A_public_key_or_one_of_another_curve_does_not_sign()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        foreach (var pem in (string[])[key.PublicPem, other.ExportPkcs8PrivateKeyPem()])
        {
            File.WriteAllText(data.SigningKey, pem);
            using var wrong = new SigningKey(data);
            Assert.That(wrong.Ensure, Throws.TypeOf<InvalidDataDirectoryException>().With.Message.Contains("SLUG4154"));
        }
    }

    private static ECDsa PublicKey(SigningKey key)
    {
        var read = ECDsa.Create();
        read.ImportFromPem(key.PublicPem);
        return read;
    }

    private static byte[] Flipped(byte[] bytes, int place)
    {
        byte[] copy = [.. bytes];
        copy[place] ^= 1;
        return copy;
    }

    private async Task<string> OpensslAsync(string arguments, CancellationToken cancellationToken)
    {
        var openssl = await new ChildProcess("openssl", arguments.Split(' ')) { WorkingDirectory = folder.Path }.RunAsync(cancellationToken);
        Assert.That(openssl.ExitCode, Is.Zero, openssl.Error);
        return openssl.Output;
    }
}
