using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema.Tests.Access;

/// <summary>Public fields return separate types, so that no private field leaks.</summary>
public sealed class PublicTypesTests : ApiTest
{
    [Fact]
    public void Every_object_type_reachable_from_a_public_field_is_public()
    {
        var schema = Host.Get<ISchema>();
        var reached = new HashSet<IGraphType>();
        var open = schema.Query.Fields
            .Concat(schema.Mutation!.Fields)
            .Where(field => field.FindAppliedDirective("public") is not null)
            .ToList();
        Assert.NotEmpty(open);
        foreach (var field in open)
            Reach(field.ResolvedType!, reached);
        Assert.All(
            reached.Where(type => type is not (ScalarGraphType or EnumerationGraphType)),
            type => Assert.True(
                type.Name.StartsWith("Public", StringComparison.Ordinal) || type.Name == "PageInfo",
                $"{type.Name} is not a public type, but a @public field leads to it."));
    }

    private static void Reach(IGraphType given, HashSet<IGraphType> reached)
    {
        var type = given.GetNamedType();
        if (!reached.Add(type))
            return;
        foreach (var field in (type as IComplexGraphType)?.Fields.ToList() ?? [])
            Reach(field.ResolvedType!, reached);
        foreach (var possible in (type as IAbstractGraphType)?.PossibleTypes.ToList() ?? [])
            Reach(possible, reached);
    }
}
