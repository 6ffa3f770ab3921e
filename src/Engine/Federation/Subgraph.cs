using Equaticket.Engine.Cost;
using Equaticket.Engine.Paging;
using GraphQL.Types;

namespace Equaticket.Engine.Federation;

/// <summary>Makes the schema a subgraph of Apollo Federation 2.</summary>
public static class Subgraph
{
    public static void AddSubgraph(this GraphQL.Types.Schema schema)
    {
        foreach (var field in new AutoRegisteringObjectGraphType<SubgraphQuery>().Fields)
        {
            if (field.Arguments?.Find("representations") is { } references)
                field.HasListSize(PageRequest.MaxLimit, [references.Name]);
            schema.Query.AddField(field);
        }
    }
}
