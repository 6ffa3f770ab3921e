using Equaticket.Schema.Access;
using Equaticket.Schema.Cost;
using Equaticket.Schema.Federation;
using Equaticket.Schema.Input;
using Equaticket.Schema.Introspection;
using Equaticket.Schema.Nodes;
using GraphQL.MicrosoftDI;
using GraphQL.Types;

namespace Equaticket.Schema;

/// <summary>
/// The GraphQL schema. Root fields are the static methods of <see cref="Query"/> and
/// <see cref="Mutation"/>; object types are explicit, so that no column shows by accident.
/// </summary>
public sealed class EquaticketSchema : GraphQL.Types.Schema
{
    /// <param name="services">What the fields need.</param>
    /// <param name="isSubgraph">Whether a gateway may join it to other schemas.</param>
    public EquaticketSchema(IServiceProvider services, bool isSubgraph)
        : base(new SelfActivatingServiceProvider(services))
    {
        Description = "Equaticket: events, ticket types, orders and attendees. Every REST route is "
            + "one operation on this schema.";
        Features.DeprecationOfInputValues = true;
        Features.RepeatableDirectives = true;
        Filter = new OpenIntrospection();
        Query = new AutoRegisteringObjectGraphType<Query>();
        Mutation = new AutoRegisteringObjectGraphType<Mutation>();
        Subscription = new AutoRegisteringObjectGraphType<Subscription>();
        this.RegisterTypes([.. NodeTypes.All]);
        if (isSubgraph)
            this.AddSubgraph();
        Directives.Register(
            [
                .. AccessDirectives.All(), .. InputDirectives.All(), .. CostDirectives.All(),
                new SpecifiedByDirective(), new OneOfDirective(),
            ]);
        this.RegisterVisitor(new InputRules());
        this.RegisterVisitor(new ListSizes());
    }

    protected override void OnBeforeInitializeType(IGraphType graphType)
    {
        IntrospectionTypes.Complete(graphType);
        base.OnBeforeInitializeType(graphType);
    }
}
