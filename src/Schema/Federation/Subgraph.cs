using Equaticket.Schema.Cost;
using Equaticket.Schema.Paging;
using GraphQL.Types;

namespace Equaticket.Schema.Federation;

/// <summary>Makes the schema a subgraph of Apollo Federation 2.</summary>
internal static class Subgraph
{
    public static void AddSubgraph(this EquaticketSchema schema)
    {
        foreach (var field in new AutoRegisteringObjectGraphType<SubgraphQuery>().Fields)
        {
            if (field.Arguments?.Find("representations") is { } references)
                field.HasListSize(PageRequest.MaxLimit, [references.Name]);
            schema.Query.AddField(field);
        }
    }
}
