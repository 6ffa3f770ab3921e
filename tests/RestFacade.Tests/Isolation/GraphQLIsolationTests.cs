using Equaticket.Persistence.Team;
using GraphQL.Types;

namespace Equaticket.RestFacade.Tests.Isolation;

/// <summary>
/// Calls every root field that takes ids, including <c>node</c> and <c>nodes</c>, with ids of another organization and
/// of the other mode.
/// </summary>
[Trait("Category", "Slow")]
public sealed class GraphQLIsolationTests : ApiTest
{
    [Fact]
    public async Task Every_root_field_finds_nothing_with_foreign_ids_and_changes_nothing()
    {
        var other = await Host.CreateOrganizationAsync();
        var owned = new Dictionary<ApiClient, OwnedResources>();
        foreach (var org in new[] { Org, other })
        {
            owned.Add(org.Live, await OwnedResources.CreateAsync(org, org.Live));
            owned.Add(org.Test, await OwnedResources.CreateAsync(org, org.Test));
        }

        var owner = await Org.SignInAsync(Role.Owner);
        var before = await TenantRows.ReadAsync(Host, Org, other);

        var names = new HashSet<string>();
        foreach (var field in IdField.Of(Host.Get<ISchema>()))
        {
            names.Add(field.Field.Name);
            foreach (var caller in field.IsForTestKeys ? [Org.Test] : new[] { Org.Live, Org.Test })
            {
                // A session sees both modes of its organization, so only ids of the other organization are foreign.
                var strangers = field.IsForSessions
                    ? [other.Live, other.Test]
                    : owned.Keys.Where(key => key != caller);
                foreach (var stranger in strangers)
                {
                    await CallAsync(
                        field, field.IsForSessions ? owner : caller,
                        owned[caller], owned[stranger]);
                }
            }
        }

        Assert.Equal(before, await TenantRows.ReadAsync(Host, Org, other));
        Assert.Superset(new HashSet<string> { "event", "node", "nodes", "deleteTicketType", "eventSales" }, names);
    }

    [Fact]
    public async Task The_same_requests_with_the_callers_ids_find_something()
    {
        var owner = await Org.SignInAsync(Role.Owner);
        // Last, because the caller is no longer the owner afterwards.
        foreach (var field in IdField.Of(Host.Get<ISchema>()).OrderBy(field => field.Field.Name == "transferOwnership"))
        {
            var caller = field.IsForTestKeys ? Org.Test : Org.Live;
            var own = await OwnedResources.CreateAsync(Org, caller);
            foreach (var kinds in Choices(field))
            {
                var response = await field.SendAsync(field.IsForSessions ? owner : caller, [.. kinds.Select(kind => own[kind])]);
                response.AssertStatus(200);
                Assert.True(
                    response.ErrorCode is null or "conflict" or "unprocessable",
                    $"{field.Field.Name}: {response.Body}");
            }
        }
    }

    [Fact]
    public void Only_root_fields_take_ids()
    {
        var schema = Host.Get<ISchema>();
        var below = schema.AllTypes.OfType<IObjectGraphType>()
            .Where(type => type != schema.Query && type != schema.Mutation
                && type != schema.Subscription && !type.Name.StartsWith("__", StringComparison.Ordinal))
            .SelectMany(type => type.Fields.SelectMany(field => (field.Arguments ?? [])
                .Where(argument => ExampleValues.HoldsId(argument.ResolvedType!))
                .Select(argument => $"{type.Name}.{field.Name}({argument.Name}:)")));
        Assert.Empty(below);
    }

    private static async Task CallAsync(
        IdField field, IApiCaller caller, OwnedResources own, OwnedResources others)
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

    /// <summary>All combinations of one kind for each id.</summary>
    private static IEnumerable<ResourceKind[]> Choices(IdField field) =>
        field.Ids.Aggregate(
            (IEnumerable<ResourceKind[]>)[[]],
            (choices, id) => choices.SelectMany(choice =>
                field.KindsOf(id).Select(kind => choice.Append(kind).ToArray())));
}
