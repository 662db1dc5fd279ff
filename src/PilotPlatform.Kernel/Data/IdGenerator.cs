using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PilotPlatform.Data;

/// <summary>The one source of ids; injected so that tests are exact.</summary>
public interface IIdGenerator
{
    /// <summary>A new id; later ids sort after earlier ones, so that indexes grow at their end.</summary>
    Guid NewId();
}

/// <summary>
/// Version 7 UUIDs (RFC 9562 § 5.7). The twelve bits after the milliseconds count, so that ids of one node also sort
/// within a millisecond, and when the clock is set back (§ 6.2); 62 bits are random.
/// </summary>
internal sealed class SequentialIdGenerator(TimeProvider time) : IIdGenerator
{
    private const int CounterBits = 12;
    private readonly Lock gate = new();
    private long last;

    public Guid NewId()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds() << CounterBits;
        long next;
        lock (gate)
        {
            // A full counter borrows from the next millisecond.
            next = last = Math.Max(now, last + 1);
        }

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, next << 4);
        var counter = (int)(next & ((1 << CounterBits) - 1));
        bytes[6] = (byte)(0x70 | (counter >> 8));
        bytes[7] = (byte)counter;
        RandomNumberGenerator.Fill(bytes[8..]);
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }
}
