using GraphQL.Types;

namespace Equaticket.Schema.Webhooks.Deliveries;

/// <summary>How many deliveries are on their way again.</summary>
public sealed record RedeliveredWebhooks(int Count);

public sealed class RedeliveredWebhooksGraphType : ObjectGraphType<RedeliveredWebhooks>
{
    public RedeliveredWebhooksGraphType()
    {
        Name = "RedeliveredWebhooks";
        Description = "Deliveries that are on their way again.";
        Field<NonNullGraphType<IntGraphType>>("count")
            .Description("How many there are. At 10,000 more may be left: ask again.")
            .Resolve(c => c.Source.Count);
    }
}
