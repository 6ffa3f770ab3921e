using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Equaticket.Schema.Webhooks.Feed;

/// <summary>An event with its position in the stream.</summary>
/// <param name="Position">The position.</param>
/// <param name="Data">The <c>data</c> of the webhook payload, as JSON.</param>
public sealed record StreamedEvent(StreamPosition Position, string Data)
{
    /// <returns>The id in the data's member with this name.</returns>
    public Guid Id(string name)
    {
        using var data = JsonDocument.Parse(Data);
        return data.RootElement.GetProperty(name).GetGuid();
    }
}

/// <summary>The events after a position, in order.</summary>
/// <param name="Rows">At most <see cref="WebhookEventReader.PageSize"/>.</param>
/// <param name="End">The position to continue from.</param>
/// <param name="IsLast">Whether there are no more events for now.</param>
internal sealed record StreamPage(IReadOnlyList<StreamedEvent> Rows, StreamPosition End, bool IsLast);

/// <summary>The position in a stream, which clients send back in <c>Last-Event-ID</c>.</summary>
/// <param name="Transaction">The last database transaction that has been read, fully or in part.</param>
/// <param name="Id">The last row read from that transaction.</param>
/// <param name="At">The time of the position, in milliseconds.</param>
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
