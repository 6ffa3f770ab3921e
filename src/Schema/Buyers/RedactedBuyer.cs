using GraphQL.Types;

namespace Equaticket.Schema.Buyers;

/// <summary>The number of records of each kind from which buyer data was removed.</summary>
public sealed record RedactedBuyer(int Orders, int Attendees, int WebhookEvents, int StoredAnswers);

public sealed class RedactedBuyerGraphType : ObjectGraphType<RedactedBuyer>
{
    public RedactedBuyerGraphType()
    {
        Name = "RedactedBuyer";
        Description = "The number of records of each kind that a buyer's data was removed from.";
        Field<NonNullGraphType<IntGraphType>>("orders")
            .Description("The number of the buyer's orders.")
            .Resolve(c => c.Source.Orders);
        Field<NonNullGraphType<IntGraphType>>("attendees")
            .Description("The number of tickets: those in the buyer's orders, and others with the buyer's address.")
            .Resolve(c => c.Source.Attendees);
        Field<NonNullGraphType<IntGraphType>>("webhookEvents")
            .Description("The number of webhook events, delivered or not.")
            .Resolve(c => c.Source.WebhookEvents);
        Field<NonNullGraphType<IntGraphType>>("storedAnswers")
            .Description("The number of answers stored for retries with an idempotency key.")
            .Resolve(c => c.Source.StoredAnswers);
    }
}
