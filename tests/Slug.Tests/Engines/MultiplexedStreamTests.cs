using System.Text;
using Slug.Engines;

namespace Slug.Tests.Engines;

internal sealed class MultiplexedStreamTests
{
    [Test, CancelAfter(60_000)]
    public async Task Each_frame_goes_to_the_output_that_it_names(CancellationToken token)
    {
        byte[] frames = [.. Frame(1, "one "), .. Frame(2, "bad "), .. Frame(1, ""), .. Frame(1, new string('x', 40_000))];

        var (output, error) = await CopyAsync(frames, token);

        Assert.That(output, Is.EqualTo("one " + new string('x', 40_000)));
        Assert.That(error, Is.EqualTo("bad "));
    }

    [Test, CancelAfter(60_000)]
    public async Task Nothing_at_all_is_an_end(CancellationToken token) =>
        Assert.That(await CopyAsync([], token), Is.EqualTo(("", "")));

    [TestCase(3)]
    [TestCase(10)]
    [CancelAfter(60_000)]
    public void A_frame_that_is_cut_off_is_an_error(int length, CancellationToken token) =>
        Assert.That(async () => await CopyAsync(Frame(1, "words")[..length], token), Throws.InstanceOf<EndOfStreamException>());

    private static async Task<(string Output, string Error)> CopyAsync(byte[] frames, CancellationToken token)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        await new MultiplexedStream(new MemoryStream(frames)).CopyAsync(output, error, token);
        return (Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    private static byte[] Frame(byte stream, string text) =>
        [stream, 0, 0, 0, (byte)(text.Length >> 24), (byte)(text.Length >> 16), (byte)(text.Length >> 8), (byte)text.Length, .. Encoding.UTF8.GetBytes(text)];
}
