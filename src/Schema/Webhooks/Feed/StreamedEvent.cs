using System.Text.Json;

namespace Equaticket.Schema.Webhooks.Feed;

/// <summary>Something that happened, in its place in the stream.</summary>
/// <param name="Position">The place.</param>
/// <param name="Data">The <c>data</c> of the webhook that tells of it, JSON.</param>
public sealed record StreamedEvent(StreamPosition Position, string Data)
{
    /// <returns>The id under that name in the data.</returns>
    public Guid Id(string name)
    {
        using var data = JsonDocument.Parse(Data);
        return data.RootElement.GetProperty(name).GetGuid();
    }
}

/// <summary>What happened after a position, in order.</summary>
/// <param name="Rows">At most <see cref="WebhookEventReader.PageSize"/>.</param>
/// <param name="End">From where to read on.</param>
/// <param name="IsLast">Whether there is no more for now.</param>
internal sealed record StreamPage(IReadOnlyList<StreamedEvent> Rows, StreamPosition End, bool IsLast);
