using System.Buffers.Binary;
using System.Text;

namespace Slug.Acceptance.Telemetry;

/// <summary>A message in protobuf's wire format, read by field numbers alone.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<(int Field, ulong Number, byte[]? Bytes)> fields = [];

    public ProtobufMessage(byte[] bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var key = Varint(bytes, ref at);
            fields.Add(((int)(key >> 3), 0, null));
            fields[^1] = (key & 7) switch
            {
                0 => fields[^1] with { Number = Varint(bytes, ref at) },
                1 => fields[^1] with { Number = BinaryPrimitives.ReadUInt64LittleEndian(Take(bytes, ref at, 8)) },
                2 => fields[^1] with { Bytes = Take(bytes, ref at, (int)Varint(bytes, ref at)) },
                5 => fields[^1] with { Number = BinaryPrimitives.ReadUInt32LittleEndian(Take(bytes, ref at, 4)) },
                _ => throw new InvalidDataException($"wire type {key & 7}"),
            };
        }
    }

    public IEnumerable<ProtobufMessage> All(int field) => fields.Where(found => found.Field == field).Select(found => new ProtobufMessage(found.Bytes!));

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field));

    public ulong Number(int field) => fields.LastOrDefault(found => found.Field == field).Number;

    public double Double(int field) => BitConverter.UInt64BitsToDouble(Number(field));

    public bool Has(int field) => fields.Any(found => found.Field == field);

    private byte[] Bytes(int field) => fields.LastOrDefault(found => found.Field == field).Bytes ?? [];

    private static byte[] Take(byte[] bytes, ref int at, int length) => bytes[at..(at += length)];

    private static ulong Varint(byte[] bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
