using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Slug.Pushes;

namespace Slug.Tests.Pushes;

internal sealed class PktLineTests
{
    [Test]
    public void What_is_written_is_read_again_whatever_it_is_and_however_it_is_cut() =>
        Prop.ForAll<byte[][], int>((payloads, size) => Task.Run(async () =>
        {
            var written = new ArrayBufferWriter<byte>();
            foreach (var payload in payloads)
            {
                PktLine.Data(payload).WriteTo(written);
                PktLine.Flush.WriteTo(written);
            }
            var read = await ReadAllAsync(written.WrittenMemory.ToArray(), bufferSize: 1 + Math.Abs(size % 100));
            return read.Where(line => line.Kind is PktKind.Data).Select(line => Convert.ToHexString(line.Payload.Span)).SequenceEqual(payloads.Select(Convert.ToHexString))
                && read.Count == 2 * payloads.Length;
        }).GetAwaiter().GetResult()).QuickCheckThrowOnFailure();

    [TestCase("0000", PktKind.Flush)]
    [TestCase("0001", PktKind.Delimiter)]
    [TestCase("0002", PktKind.ResponseEnd)]
    [TestCase("0004", PktKind.Data)]
    [TestCase("000Ahello\n", PktKind.Data)]
    public async Task Each_kind_is_known(string text, object kind) =>
        Assert.That((await ReadAllAsync(Encoding.ASCII.GetBytes(text)))[0].Kind, Is.EqualTo(kind));

    [TestCase("0003")]
    [TestCase("fff1")]
    [TestCase("ffff")]
    [TestCase("zzzz")]
    [TestCase("+004")]
    [TestCase(" 004")]
    [TestCase("-001")]
    [TestCase("000")]
    [TestCase("0008abc")]
    public void What_is_no_line_is_refused(string text) =>
        Assert.That(() => ReadAllAsync(Encoding.ASCII.GetBytes(text)), Throws.InstanceOf<InvalidPktLineException>());

    [Test]
    public async Task The_longest_line_is_read()
    {
        var written = new ArrayBufferWriter<byte>();
        PktLine.Data(new byte[PktLine.Longest - PktLine.HeaderLength]).WriteTo(written);

        Assert.That((await ReadAllAsync(written.WrittenMemory.ToArray()))[0].Payload.Length, Is.EqualTo(65516));
    }

    [Test]
    public void A_line_beyond_the_longest_is_never_written() =>
        Assert.That(() => PktLine.Data(new byte[PktLine.Longest]).WriteTo(new ArrayBufferWriter<byte>()), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static async Task<List<PktLine>> ReadAllAsync(byte[] bytes, int bufferSize = 4096)
    {
        var reader = new PktLineReader(PipeReader.Create(new MemoryStream(bytes), new(bufferSize: bufferSize, minimumReadSize: 1)));
        var lines = new List<PktLine>();
        while (await reader.ReadAsync(CancellationToken.None) is { } line)
            lines.Add(line);
        return lines;
    }
}
