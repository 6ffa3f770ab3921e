using Equaticket.Engine.Input;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Reading;
using GraphQL.Types;

namespace Equaticket.Schema.Webhooks.Deliveries;

/// <summary>Filters a list of deliveries; all given conditions must match.</summary>
public sealed record WebhookDeliveryFilter : IRowFilter<WebhookDelivery>
{
    public WebhookDeliveryStatus? Status { get; init; }

    public WebhookEventType? Type { get; init; }

    public IQueryable<WebhookDelivery> Apply(IQueryable<WebhookDelivery> rows)
    {
        if (Status is { } status)
            rows = rows.Where(d => d.Status == status);
        if (Type is { } type)
            rows = rows.Where(d => d.Type == type);
        return rows;
    }
}

public sealed class WebhookDeliveryFilterGraphType : InputObjectGraphType<WebhookDeliveryFilter>
{
    public WebhookDeliveryFilterGraphType()
    {
        Name = "WebhookDeliveryFilter";
        Description = "Filters for a list of webhook deliveries. All given conditions must match.";
        this.Add<WireEnumGraphType<WebhookDeliveryStatus>>("status", "Only deliveries with this status.");
        this.Add<WireEnumGraphType<WebhookEventType>>("type", "Only deliveries of this event type.");
    }
}
