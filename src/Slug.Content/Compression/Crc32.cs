namespace Slug.Content.Compression;

/// <summary>The CRC-32 of gzip (RFC 1952, section 8): a polynomial over GF(2), its lowest power in the highest bit.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const uint One = 0x80000000;
    private const uint X8 = 0x00800000;

    /// <summary>The checksum of two contents in a row, from those of each and the length of the second in bytes.</summary>
    internal static uint Combine(uint first, uint second, long secondLength) =>
        Multiply(PowerOf(X8, secondLength), first) ^ second;

    private static uint PowerOf(uint factor, long exponent)
    {
        var power = One;
        for (; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0)
                power = Multiply(power, factor);
            factor = Multiply(factor, factor);
        }

        return power;
    }

    private static uint Multiply(uint one, uint other)
    {
        var product = 0u;
        for (var bit = One; bit != 0; bit >>= 1)
        {
            if ((one & bit) != 0)
                product ^= other;
            other = (other & 1) != 0 ? (other >> 1) ^ Polynomial : other >> 1;
        }

        return product;
    }
}
