namespace Equaticket.RestFacade.Tests.Isolation;

/// <summary>One resource of each kind that routes and operations take ids of.</summary>
internal sealed record OwnedResources(string EventId, string EventSlug, string TicketTypeId)
{
    public static async Task<OwnedResources> CreateAsync(ApiClient owner)
    {
        var id = await owner.CreatePublishedEventAsync($"Event of {owner.KeyId}");
        var shown = (await owner.GetAsync($"/api/v1/events/{id}")).Json!;
        return new OwnedResources(
            id, (string)shown["slug"]!, await owner.CreateTicketTypeAsync(id));
    }

    public string this[ResourceKind kind] => kind switch
    {
        ResourceKind.Event => EventId,
        ResourceKind.EventSlug => EventSlug,
        ResourceKind.TicketType => TicketTypeId,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
    };
}

internal enum ResourceKind
{
    Event,
    EventSlug,
    TicketType,
}

/// <summary>Ways to take some of the ids of a request from a stranger.</summary>
internal static class Strangers
{
    /// <returns>Each non-empty choice of <paramref name="count"/> ids that are a stranger's.</returns>
    public static IEnumerable<bool[]> Among(int count) =>
        Enumerable.Range(1, (1 << count) - 1).Select(choice =>
            Enumerable.Range(0, count).Select(bit => (choice & (1 << bit)) != 0).ToArray());
}
