using System.Text;
using Microsoft.AspNetCore.Http;
using Slug.Webhooks.Incoming;
using Slug.Webhooks.Incoming.Forges;

namespace Slug.Tests.Webhooks.Incoming;

internal sealed class SignatureTests
{
    private static readonly DateTimeOffset sent = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    [Test]
    public void The_example_of_GitHub_s_documents_is_good()
    {
        var secret = HookSecret.Read("It's a Secret to Everybody")!;
        var request = Request("Hello, World!", ("X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"));
        Assert.That(new GitHub().IsGood(request, secret, secret.Expect(request), sent), Is.True);
    }

    [Test]
    public void The_example_of_Standard_Webhooks_is_good_for_five_minutes()
    {
        var secret = HookSecret.Read("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")!;
        var request = Standard("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        Assert.That(StandardSignature.IsGood(request, secret.Expect(request), sent), Is.True);
        Assert.That(StandardSignature.IsGood(request, secret.Expect(request), sent.AddMinutes(5)), Is.True);
        Assert.That(StandardSignature.IsGood(request, secret.Expect(request), sent.AddMinutes(5).AddSeconds(1)), Is.False);
        Assert.That(StandardSignature.IsGood(request, HookSecret.Create().Expect(request), sent), Is.False);
    }

    [TestCase("v1,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", true)]
    [TestCase("v1a,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", true)]
    [TestCase("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", false)]
    [TestCase("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", false)]
    [TestCase("v1,g0hM9SsE+OTPJTGt", false)]
    [TestCase("v1,", false)]
    [TestCase("v1,?", false)]
    public void Of_several_signatures_one_has_to_be_good(string signatures, bool good)
    {
        var request = Standard(signatures);
        Assert.That(StandardSignature.IsGood(request, HookSecret.Read("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")!.Expect(request), sent), Is.EqualTo(good));
    }

    [TestCase("sha256=757107EA0EB2509FC211221CCE984B8A37570B6D7586C22C46F4379C8B043E17")]
    [TestCase("757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    [TestCase("sha256=")]
    [TestCase("sha256=757107ea0eb2509f")]
    public void A_signature_of_another_form_is_none(string signature)
    {
        var secret = HookSecret.Read("It's a Secret to Everybody")!;
        Assert.That(HexSignature.IsOf(secret.Expect(Request("Hello, World!")).OfBody, signature, "sha256="), Is.False);
    }

    [Test]
    public void A_header_that_comes_twice_is_none()
    {
        var request = Request("", ("X-Gitlab-Token", "one"));
        request.Headers.Append("X-Gitlab-Token", "two");
        Assert.That(request.Header("X-Gitlab-Token"), Is.Null);
    }

    [Test]
    public void A_secret_does_not_show_itself_by_accident()
    {
        var secret = HookSecret.Create();
        Assert.That($"{secret}", Is.EqualTo("…"));
        Assert.That(HookSecret.Create().Reveal(), Is.Not.EqualTo(secret.Reveal()));
    }

    private static HookRequest Standard(string signature) =>
        Request("""{"test": 2432232314}""", ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"), ("webhook-timestamp", "1614265330"), ("webhook-signature", signature));

    private static HookRequest Request(string body, params (string Name, string Value)[] headers)
    {
        var all = new HeaderDictionary();
        foreach (var (name, value) in headers)
            all[name] = value;
        return new(all, Encoding.UTF8.GetBytes(body));
    }
}
