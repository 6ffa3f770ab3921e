using System.Text.Json;

namespace Equaticket.Schema.Webhooks.Feed;

/// <summary>An event with its position in the stream.</summary>
/// <param name="Position">The position.</param>
/// <param name="Data">The <c>data</c> of the webhook payload, JSON.</param>
public sealed record StreamedEvent(StreamPosition Position, string Data)
{
    /// <returns>The id with this name in the data.</returns>
    public string Id(string name)
    {
        using var data = JsonDocument.Parse(Data);
        return data.RootElement.GetProperty(name).GetString()!;
    }
}

/// <summary>The events after a position, in order.</summary>
/// <param name="Rows">At most <see cref="WebhookEventReader.PageSize"/>.</param>
/// <param name="End">The position to continue from.</param>
/// <param name="IsLast">Whether there are no more events for now.</param>
internal sealed record StreamPage(IReadOnlyList<StreamedEvent> Rows, StreamPosition End, bool IsLast);
