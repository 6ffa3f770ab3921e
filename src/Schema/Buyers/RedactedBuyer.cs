using GraphQL.Types;

namespace Equaticket.Schema.Buyers;

/// <summary>How many records of each kind held data of a buyer, and no longer do.</summary>
public sealed record RedactedBuyer(int Orders, int Attendees, int WebhookEvents, int StoredAnswers);

public sealed class RedactedBuyerGraphType : ObjectGraphType<RedactedBuyer>
{
    public RedactedBuyerGraphType()
    {
        Name = "RedactedBuyer";
        Description = "How many records of each kind held data of a buyer, and no longer do.";
        Field<NonNullGraphType<IntGraphType>>("orders")
            .Description("Orders of the buyer.")
            .Resolve(c => c.Source.Orders);
        Field<NonNullGraphType<IntGraphType>>("attendees")
            .Description("Tickets of these orders, and tickets of others with the address.")
            .Resolve(c => c.Source.Attendees);
        Field<NonNullGraphType<IntGraphType>>("webhookEvents")
            .Description("Events that webhooks tell of, sent or not.")
            .Resolve(c => c.Source.WebhookEvents);
        Field<NonNullGraphType<IntGraphType>>("storedAnswers")
            .Description("Answers that were kept for retries with an idempotency key.")
            .Resolve(c => c.Source.StoredAnswers);
    }
}
