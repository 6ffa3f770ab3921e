using Equaticket.Engine.Fields;
using GraphQL.Types;

namespace Equaticket.Schema.Webhooks.Deliveries;

/// <summary>The number of requeued deliveries.</summary>
public sealed record RedeliveredWebhooks(int Count);

public sealed class RedeliveredWebhooksGraphType : ObjectGraphType<RedeliveredWebhooks>
{
    public RedeliveredWebhooksGraphType()
    {
        Name = "RedeliveredWebhooks";
        Description = "The result of redelivering failed webhook messages.";
        this.Leaf("count", "The number of messages to redeliver. If it is 10,000, more may remain: repeat the request.",
            redelivered => redelivered.Count);
    }
}
