using GraphQL.Types;

namespace Equaticket.RestFacade.Tests.Isolation;

/// <summary>
/// Every root field of the schema that takes an id is given ids of another organization and of the
/// other mode, <c>node</c> and <c>nodes</c> among them.
/// </summary>
public sealed class GraphQLIsolationTests : ApiTest
{
    [Fact]
    public async Task Every_root_field_finds_nothing_of_others_and_changes_nothing()
    {
        var other = await Host.CreateOrganizationAsync();
        var owned = new Dictionary<ApiClient, OwnedResources>();
        foreach (var client in new[] { Org.Live, Org.Test, other.Live, other.Test })
            owned.Add(client, await OwnedResources.CreateAsync(client));
        var before = await TenantRows.ReadAsync(Host, Org, other);

        var names = new HashSet<string>();
        foreach (var field in IdField.Of(Host.Get<ISchema>()))
        {
            names.Add(field.Field.Name);
            foreach (var caller in new[] { Org.Live, Org.Test })
            {
                foreach (var stranger in owned.Keys.Where(key => key != caller))
                    await CallAsync(field, caller, owned[caller], owned[stranger]);
            }
        }

        Assert.Equal(before, await TenantRows.ReadAsync(Host, Org, other));
        Assert.Superset(new HashSet<string> { "event", "node", "nodes", "deleteTicketType" }, names);
    }

    [Fact]
    public async Task The_same_requests_with_ids_of_ones_own_find_something()
    {
        foreach (var field in IdField.Of(Host.Get<ISchema>()))
        {
            var own = await OwnedResources.CreateAsync(Org.Live);
            foreach (var kinds in Choices(field))
            {
                var response = await field.SendAsync(Org.Live, [.. kinds.Select(kind => own[kind])]);
                response.AssertStatus(200);
                Assert.True(
                    response.ErrorCode is null or "conflict", $"{field.Field.Name}: {response.Body}");
            }
        }
    }

    [Fact]
    public void Only_root_fields_take_ids()
    {
        var schema = Host.Get<ISchema>();
        var below = schema.AllTypes.OfType<IObjectGraphType>()
            .Where(type => type != schema.Query && type != schema.Mutation
                && !type.Name.StartsWith("__", StringComparison.Ordinal))
            .SelectMany(type => type.Fields.SelectMany(field => (field.Arguments ?? [])
                .Where(argument => ExampleValues.HoldsId(argument.ResolvedType!))
                .Select(argument => $"{type.Name}.{field.Name}({argument.Name}:)")));
        Assert.Empty(below);
    }

    private static async Task CallAsync(
        IdField field, ApiClient caller, OwnedResources own, OwnedResources others)
    {
        foreach (var kinds in Choices(field))
        {
            foreach (var isStrangers in Strangers.Among(kinds.Length))
            {
                string[] ids = [.. kinds.Select((kind, i) => (isStrangers[i] ? others : own)[kind])];
                var response = await field.SendAsync(caller, ids);
                var result = response.Json!["data"]?["result"];
                Assert.True(
                    response.ErrorCode == "not_found" && result?.ToJsonString() is null or "[null]",
                    $"{field.Field.Name} {string.Join(' ', ids)}: {response.Body}");
            }
        }
    }

    /// <summary>One kind for each argument that holds an id, in all combinations.</summary>
    private static IEnumerable<ResourceKind[]> Choices(IdField field) =>
        field.Ids.Aggregate(
            (IEnumerable<ResourceKind[]>)[[]],
            (choices, argument) => choices.SelectMany(choice =>
                field.KindsOf(argument).Select(kind => choice.Append(kind).ToArray())));
}
