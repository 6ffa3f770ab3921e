using Equaticket.Engine.Fields;
using GraphQL.Types;

namespace Equaticket.Schema.Buyers;

/// <summary>The number of records of each kind from which the buyer's data was removed.</summary>
public sealed record RedactedBuyer(int Orders, int Attendees, int WebhookEvents, int StoredAnswers);

public sealed class RedactedBuyerGraphType : ObjectGraphType<RedactedBuyer>
{
    public RedactedBuyerGraphType()
    {
        Name = "RedactedBuyer";
        Description = "The number of records of each kind that a buyer's data was removed from.";
        this.Leaf("orders", "The number of the buyer's orders.", redacted => redacted.Orders);
        this.Leaf("attendees",
            "The number of tickets: those in the buyer's orders, and others with the buyer's address.",
            redacted => redacted.Attendees);
        this.Leaf("webhookEvents", "The number of webhook events, delivered or not.",
            redacted => redacted.WebhookEvents);
        this.Leaf("storedAnswers", "The number of responses stored for retries with an idempotency key.",
            redacted => redacted.StoredAnswers);
    }
}
