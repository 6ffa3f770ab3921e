using Equaticket.Persistence.Team;
using Equaticket.Testing.Webhooks;

namespace Equaticket.RestFacade.Tests.Isolation;

/// <summary>One resource of each kind whose ids routes and operations accept.</summary>
internal sealed record OwnedResources(
    string EventId, string EventSlug, string TicketTypeId, Sale Sale, string ApiKeyId)
{
    public required string WebhookId { get; init; }

    public required string WebhookDeliveryId { get; init; }

    public required string MemberId { get; init; }

    public required string InvitationId { get; init; }

    /// <param name="organization">The owner of the resources.</param>
    /// <param name="owner">The key that creates them, in its mode.</param>
    public static async Task<OwnedResources> CreateAsync(
        TestOrganization organization, ApiClient owner)
    {
        var key = await organization.CreateKeyAsync(owner.Key.Livemode);
        var id = await owner.CreatePublishedEventAsync($"Event of {owner.KeyId}");
        var shown = (await owner.GetAsync($"/api/v1/events/{id}")).Json!;
        var free = await owner.CreateTicketTypeAsync(id, price: 0);
        var sale = await organization.Host.SellAsync(owner, id, free);
        var webhookId = await OwnWebhookAsync(owner);
        var admin = await organization.SignInAsync(Role.Admin);
        return new OwnedResources(
            id, (string)shown["slug"]!, await owner.CreateTicketTypeAsync(id), sale, $"{key.KeyId}")
        {
            WebhookId = webhookId,
            WebhookDeliveryId = await owner.PingAsync(webhookId),
            MemberId = $"{admin.UserId}",
            InvitationId = await InviteAsync(admin),
        };
    }

    private static async Task<string> InviteAsync(SessionClient admin)
    {
        var response = await admin.GraphQLAsync(
            "mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { id } }",
            new { input = new { email = $"{admin.UserId:N}@example.com", role = "ADMIN" } });
        return (string)response.Json!["data"]!["inviteMember"]!["id"]!;
    }

    /// <summary>Creates a webhook only if none exists, because their number is limited.</summary>
    private static async Task<string> OwnWebhookAsync(ApiClient owner) =>
        (await owner.GetAsync("/api/v1/webhooks?limit=1")).Json!["data"]!.AsArray() is [{ } known]
            ? (string)known["id"]!
            : (await owner.CreateWebhookAsync(new("https://example.com/"))).Id;

    public string this[ResourceKind kind] => kind switch
    {
        ResourceKind.Event => EventId,
        ResourceKind.EventSlug => EventSlug,
        ResourceKind.TicketType => TicketTypeId,
        ResourceKind.Order => Sale.OrderId,
        ResourceKind.Attendee => Sale.AttendeeId,
        ResourceKind.ApiKey => ApiKeyId,
        ResourceKind.Webhook => WebhookId,
        ResourceKind.WebhookDelivery => WebhookDeliveryId,
        ResourceKind.Member => MemberId,
        ResourceKind.Invitation => InvitationId,
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

    Webhook,
    WebhookDelivery,

    /// <summary>Belongs to an organization, not to a mode.</summary>
    Member,

    /// <summary>Belongs to an organization, not to a mode.</summary>
    Invitation,
}

/// <summary>The ways to replace some of the ids in a request with foreign ones.</summary>
internal static class Strangers
{
    /// <returns>Each non-empty subset of <paramref name="count"/> ids to replace with foreign ones.</returns>
    public static IEnumerable<bool[]> Among(int count) =>
        Enumerable.Range(1, (1 << count) - 1).Select(choice =>
            Enumerable.Range(0, count).Select(bit => (choice & (1 << bit)) != 0).ToArray());
}
