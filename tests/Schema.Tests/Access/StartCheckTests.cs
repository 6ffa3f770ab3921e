using Equaticket.Engine.Access;
using Equaticket.Engine.Nodes;
using Equaticket.Engine.Paging;
using Equaticket.Schema.Events;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Schema.Tests.Access;

public sealed class StartCheckTests
{
    [Theory]
    [InlineData("Query")]
    [InlineData("Mutation")]
    [InlineData("Subscription")]
    public async Task A_root_field_without_access_rules_fails_startup(string root)
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => TestHost.StartAsync(
            "Host=127.0.0.1;Port=1",
            builder => builder.Services.AddSingleton(services => WithBareField(services, root))));
        Assert.Contains($"{root}.bare", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("@requiresScope", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(EventGraphType))]
    [InlineData(typeof(NonNullGraphType<ListGraphType<NonNullGraphType<EventGraphType>>>))]
    [InlineData(typeof(NodeInterface))]
    [InlineData(typeof(ConnectionGraphType<EventGraphType, EventRow>))]
    public async Task A_field_that_returns_a_node_without_access_rules_fails_startup(Type type)
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => TestHost.StartAsync(
            "Host=127.0.0.1;Port=1",
            builder => builder.Services.AddSingleton(services => WithBarePassage(services, type))));
        Assert.Contains("Without one: Passage.bare.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_type_without_access_rules_is_refused()
    {
        var node = new NodeInterface();
        var bare = new ObjectGraphType { Name = "Bare", IsTypeOf = _ => true };
        bare.Field<NonNullGraphType<IdGraphType>>("id");
        bare.AddResolvedInterface(node);
        node.AddPossibleType(bare);
        var query = new ObjectGraphType { Name = "Query" };
        query.AddField(new FieldType { Name = "open", ResolvedType = bare }).ApplyDirective("public");
        var schema = new GraphQL.Types.Schema { Query = query };
        schema.Directives.Register(new Directive("public", DirectiveLocation.FieldDefinition));
        schema.Initialize();
        var refusal = Assert.Throws<InvalidOperationException>(() => new AccessRules(schema, FieldAccess.Read));
        Assert.Contains("Without one: Bare.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_access_directive_is_enough()
    {
        var query = new ObjectGraphType { Name = "Query" };
        query.Field<StringGraphType>("open").ApplyDirective("public");
        var schema = new GraphQL.Types.Schema { Query = query };
        schema.Directives.Register(new Directive("public", DirectiveLocation.FieldDefinition));
        schema.Initialize();
        Assert.NotNull(new AccessRules(schema, FieldAccess.Read));
    }

    private static ISchema WithBareField(IServiceProvider services, string root)
    {
        var schema = new EquaticketSchema(services, isSubgraph: false);
        var field = new FieldType { Name = "bare", Type = typeof(StringGraphType) };
        if (root == "Subscription")
            new StreamsAttribute().Modify(field, isInputType: false);
        IObjectGraphType[] roots = [schema.Query, schema.Mutation!, schema.Subscription!];
        roots.Single(type => type.Name == root).AddField(field);
        schema.Initialize();
        return schema;
    }

    private static ISchema WithBarePassage(IServiceProvider services, Type type)
    {
        var schema = new EquaticketSchema(services, isSubgraph: false);
        var passage = new ObjectGraphType { Name = "Passage" };
        passage.AddField(new FieldType { Name = "bare", Type = type });
        schema.Query.AddField(new FieldType { Name = "passage", ResolvedType = passage })
            .ApplyDirective("authenticated");
        schema.Initialize();
        return schema;
    }
}
