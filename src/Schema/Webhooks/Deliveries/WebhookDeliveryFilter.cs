using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Reading;
using GraphQL.Types;

namespace Equaticket.Schema.Webhooks.Deliveries;

/// <summary>Filters a list of deliveries; all given conditions must match.</summary>
public sealed record WebhookDeliveryFilter : IRowFilter<WebhookDelivery>
{
    public WebhookDeliveryStatus? Status { get; init; }

    public WebhookEventType? Type { get; init; }

    public DateTimeOffset? CreatedAfter { get; init; }

    public DateTimeOffset? CreatedBefore { get; init; }

    public IQueryable<WebhookDelivery> Apply(IQueryable<WebhookDelivery> rows)
    {
        if (Status is { } status)
            rows = rows.Where(d => d.Status == status).PlanForValues();
        if (Type is { } type)
            rows = rows.Where(d => d.Type == type).PlanForValues();
        if (CreatedAfter is { } createdAfter)
            rows = rows.Where(d => d.CreatedAt >= createdAfter).PlanForValues();
        if (CreatedBefore is { } createdBefore)
            rows = rows.Where(d => d.CreatedAt < createdBefore).PlanForValues();
        return rows;
    }

    /// <summary>Differs for different filters, since lists with the same text are read together.</summary>
    public override string ToString() => $"{Status} {Type} {CreatedAfter:O} {CreatedBefore:O}";
}

public sealed class WebhookDeliveryFilterGraphType : InputObjectGraphType<WebhookDeliveryFilter>
{
    public WebhookDeliveryFilterGraphType()
    {
        Name = "WebhookDeliveryFilter";
        Description = "Filters for a list of webhook deliveries. All given conditions must match.";
        this.Add<WireEnumGraphType<WebhookDeliveryStatus>>("status", "Only deliveries with this status.");
        this.Add<WireEnumGraphType<WebhookEventType>>("type", "Only deliveries of this event type.");
        this.Add<UtcDateTimeGraphType>(
            "createdAfter", "Only deliveries of events that occurred at or after this time.");
        this.Add<UtcDateTimeGraphType>("createdBefore", "Only deliveries of events that occurred before this time.");
    }
}
