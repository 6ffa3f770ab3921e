using Equaticket.Engine.Input;
using Equaticket.Persistence.Webhooks;
using GraphQL.Types;

namespace Equaticket.Schema.Webhooks.Deliveries;

/// <summary>Which deliveries a list holds; the given conditions must all hold.</summary>
public sealed record WebhookDeliveryFilter
{
    public WebhookDeliveryStatus? Status { get; init; }

    public WebhookEventType? Type { get; init; }

    public IQueryable<WebhookDelivery> Apply(IQueryable<WebhookDelivery> deliveries)
    {
        if (Status is { } status)
            deliveries = deliveries.Where(d => d.Status == status);
        if (Type is { } type)
            deliveries = deliveries.Where(d => d.Type == type);
        return deliveries;
    }
}

public sealed class WebhookDeliveryFilterType : InputObjectGraphType<WebhookDeliveryFilter>
{
    public WebhookDeliveryFilterType()
    {
        Name = "WebhookDeliveryFilter";
        Description = "Which deliveries a list holds. The given conditions must all hold.";
        this.Add<WireEnumType<WebhookDeliveryStatus>>("status", "Deliveries of which this became.");
        this.Add<WireEnumType<WebhookEventType>>("type", "Deliveries that tell of this.");
    }
}
