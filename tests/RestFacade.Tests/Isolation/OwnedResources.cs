namespace Equaticket.RestFacade.Tests.Isolation;

/// <summary>One resource of each kind that routes and operations take ids of.</summary>
internal sealed record OwnedResources(
    string EventId, string EventSlug, string TicketTypeId, string ApiKeyId,
    string OrderId, string AttendeeId)
{
    /// <param name="organization">Owns them.</param>
    /// <param name="owner">The key that makes them, and whose mode they have.</param>
    public static async Task<OwnedResources> CreateAsync(
        TestOrganization organization, ApiClient owner)
    {
        var key = await organization.CreateKeyAsync(owner.Key.Livemode);
        var id = await owner.CreatePublishedEventAsync($"Event of {owner.KeyId}");
        var (orderId, attendeeId) = await BuyAsync(organization, owner, id);
        var shown = (await owner.GetAsync($"/api/v1/events/{id}")).Json!;
        return new OwnedResources(
            id, (string)shown["slug"]!, await owner.CreateTicketTypeAsync(id), $"{key.KeyId}",
            orderId, attendeeId);
    }

    /// <summary>Buys a free ticket, which is confirmed at once in either mode.</summary>
    private static async Task<(string OrderId, string AttendeeId)> BuyAsync(
        TestOrganization organization, ApiClient owner, string eventId)
    {
        var typeId = await owner.CreateTicketTypeAsync(eventId, price: 0);
        var bought = await organization.Host.Http.BuyAsync(eventId, typeId);
        var ids = await organization.Host.QuerySqlAsync<string>(
            "SELECT order_id || ' ' || id FROM attendees WHERE ticket_code = $1", bought[0]);
        return (ids[0].Split(' ')[0], ids[0].Split(' ')[1]);
    }

    public string this[ResourceKind kind] => kind switch
    {
        ResourceKind.Event => EventId,
        ResourceKind.EventSlug => EventSlug,
        ResourceKind.TicketType => TicketTypeId,
        ResourceKind.ApiKey => ApiKeyId,
        ResourceKind.Order => OrderId,
        ResourceKind.Attendee => AttendeeId,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
    };
}

internal enum ResourceKind
{
    Event,
    EventSlug,
    TicketType,
    Order,
    Attendee,

    /// <summary>Belongs to an organization, not to a mode.</summary>
    ApiKey,
}

/// <summary>Ways to take some of the ids of a request from a stranger.</summary>
internal static class Strangers
{
    /// <returns>Each non-empty choice of <paramref name="count"/> ids that are a stranger's.</returns>
    public static IEnumerable<bool[]> Among(int count) =>
        Enumerable.Range(1, (1 << count) - 1).Select(choice =>
            Enumerable.Range(0, count).Select(bit => (choice & (1 << bit)) != 0).ToArray());
}
