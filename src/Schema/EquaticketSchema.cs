using Equaticket.Engine.Access;
using Equaticket.Engine.Cost;
using Equaticket.Engine.Federation;
using Equaticket.Engine.Input;
using Equaticket.Engine.Introspection;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Reading;
using GraphQL.MicrosoftDI;
using GraphQL.Types;

namespace Equaticket.Schema;

/// <summary>
/// The GraphQL schema. Root fields are the static methods of <see cref="Query"/> and
/// <see cref="Mutation"/>; object types are explicit, so that no column is exposed by accident.
/// </summary>
public sealed class EquaticketSchema : GraphQL.Types.Schema
{
    /// <param name="services">The services that fields use.</param>
    /// <param name="isSubgraph">Whether a gateway can compose it with other schemas.</param>
    public EquaticketSchema(IServiceProvider services, bool isSubgraph)
        : base(new SelfActivatingServiceProvider(services))
    {
        Description = "The Equaticket API: events, ticket types, orders, and attendees. Every REST route is "
            + "one operation on this schema.";
        Features.DeprecationOfInputValues = true;
        Features.RepeatableDirectives = true;
        Filter = new OpenIntrospection();
        Query = new AutoRegisteringObjectGraphType<Query>();
        Mutation = new AutoRegisteringObjectGraphType<Mutation>();
        Subscription = new AutoRegisteringObjectGraphType<Subscription>();
        this.RegisterTypes([.. NodeKind.All.Select(kind => kind.GraphType)]);
        if (isSubgraph)
            this.AddSubgraph();
        Directives.Register(
            [
                .. AccessDirectives.All(), .. ScopeDirectives.All(),
                .. InputDirectives.All(TextFormats.Description), .. CostDirectives.All(),
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
