using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Equaticket.Schema.Webhooks.Feed;

/// <summary>How far a stream has been read, as clients send it back in <c>Last-Event-ID</c>.</summary>
/// <param name="Transaction">The database's transaction up to which everything has been seen.</param>
/// <param name="Id">Up to which row of that transaction.</param>
/// <param name="At">When that was, to the millisecond.</param>
public sealed record StreamPosition(ulong Transaction, Guid Id, DateTimeOffset At)
{
    private const int Length = 32;

    public static bool TryParse(string text, [NotNullWhen(true)] out StreamPosition? position)
    {
        Span<byte> bytes = stackalloc byte[Length];
        position = null;
        if (text.Length != Base64Url.GetEncodedLength(Length)
            || Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done
            || written != Length)
            return false;
        var milliseconds = BinaryPrimitives.ReadInt64BigEndian(bytes[24..]);
        if (milliseconds < 0 || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            return false;
        position = new StreamPosition(
            BinaryPrimitives.ReadUInt64BigEndian(bytes),
            new Guid(bytes[8..24], bigEndian: true),
            DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
        return true;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Transaction);
        Id.TryWriteBytes(bytes[8..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes[24..], At.ToUnixTimeMilliseconds());
        return Base64Url.EncodeToString(bytes);
    }
}
