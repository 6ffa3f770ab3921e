using Equaticket.Engine.Execution;
using Equaticket.Persistence.Team;
using Equaticket.RestFacade.Operations;
using Equaticket.Schema.Execution;
using GraphQL.Types;

namespace Equaticket.RestFacade.Tests.Isolation;

/// <summary>
/// Calls every route that has path parameters with ids of another organization and of the other mode. New routes are
/// covered automatically.
/// </summary>
[Trait("Category", "Slow")]
public sealed class RestIsolationTests : ApiTest
{
    /// <summary>Ids in a body. The tests of each of these routes pass foreign ids.</summary>
    private static readonly string[] InBodies =
    [
        "SimulateOrder: event_id", "SimulateOrder: items", "SimulateRefund: attendee_ids",
    ];

    [Fact]
    public async Task Every_route_returns_404_for_foreign_ids_and_changes_nothing()
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

        var calls = 0;
        foreach (var operation in OperationsWithPathParameters())
        {
            foreach (var caller in IsForTestKeys(operation) ? [Org.Test] : new[] { Org.Live, Org.Test })
            {
                // A session sees both modes of its organization, so only ids of the other organization are foreign.
                var isForSessions = IsForSessions(operation);
                var strangers = isForSessions
                    ? [other.Live, other.Test]
                    : owned.Keys.Where(key => IsStranger(operation, caller, key));
                foreach (var stranger in strangers)
                {
                    calls += await CallAsync(
                        operation, isForSessions ? owner : caller, owned[caller], owned[stranger]);
                }
            }
        }

        Assert.Equal(before, await TenantRows.ReadAsync(Host, Org, other));
        Assert.True(calls >= 60, $"Only {calls} calls were made.");
    }

    [Fact]
    public async Task The_same_requests_with_the_callers_ids_do_not_return_404()
    {
        var owner = await Org.SignInAsync(Role.Owner);
        foreach (var operation in OperationsWithPathParameters())
        {
            var filling = new RouteFilling(operation, Host.Get<ISchema>());
            var caller = IsForTestKeys(operation) ? Org.Test : Org.Live;
            var own = await OwnedResources.CreateAsync(Org, caller);
            var response = await SendAsync(
                operation, IsForSessions(operation) ? owner : caller, [.. filling.Kinds.Select(kind => own[kind])]);
            Assert.True(
                response.Status is 200 or 201 or 202 or 204 or 409,
                $"{operation.Route}: {response.Status} {response.Body}");
        }
    }

    [Fact]
    public async Task Lists_filtered_by_foreign_ids_are_empty()
    {
        var other = await Host.CreateOrganizationAsync();
        var own = await OwnedResources.CreateAsync(Org, Org.Live);
        OwnedResources[] strangers =
        [
            await OwnedResources.CreateAsync(Org, Org.Test),
            await OwnedResources.CreateAsync(other, other.Live),
        ];
        foreach (var operation in Operations())
        {
            var filling = new RouteFilling(operation, Host.Get<ISchema>());
            var path = filling.Path([.. filling.Kinds.Select(kind => own[kind])]);
            foreach (var (name, kind) in filling.Filters)
            {
                foreach (var stranger in strangers)
                {
                    var list = await Org.Live.GetAsync($"{path}?{name}={stranger[kind]}");
                    Assert.True(
                        list.Status == 200 && list.Json!["data"]!.AsArray().Count == 0, list.Body);
                }
            }
        }
    }

    [Fact]
    public void Ids_occur_only_in_paths_and_filters_of_lists()
    {
        var elsewhere = Operations().Where(operation => operation.Route.Method != "GET")
            .SelectMany(operation =>
                new RouteFilling(operation, Host.Get<ISchema>()).IdsOutsideThePath
                    .Select(name => $"{operation.Route.Operation}: {name}"));
        Assert.Equal(InBodies, elsewhere);
    }

    /// <summary>Whether live keys are refused before any lookup.</summary>
    private static bool IsForTestKeys(RestOperation operation) =>
        operation.Operation.Needs.Any(
            need => need is FieldAccess { TestKeysOnly: true, Role: null });

    private bool IsForSessions(RestOperation operation) => operation.Operation.Refusal(
        Caller.ForKey(Org.Test.Key, Org.Organization), Operation.NoVariables) is not null;

    private IReadOnlyList<RestOperation> Operations() => Host.Get<OperationCatalog>().Operations;

    private IEnumerable<RestOperation> OperationsWithPathParameters() =>
        Operations().Where(o => o.Route.Template.Contains('{', StringComparison.Ordinal));

    /// <summary>The public listing shows live events to everyone, so those of <c>Org</c> are not foreign.</summary>
    private bool IsStranger(RestOperation operation, IApiCaller caller, ApiClient other) =>
        other != caller && !(operation.Route.IsPublic && other == Org.Live);

    private async Task<int> CallAsync(
        RestOperation operation, IApiCaller caller, OwnedResources own, OwnedResources others)
    {
        var kinds = new RouteFilling(operation, Host.Get<ISchema>()).Kinds;
        var calls = 0;
        foreach (var isStrangers in Strangers.Among(kinds.Count))
        {
            string[] ids = [.. kinds.Select((kind, i) => (isStrangers[i] ? others : own)[kind])];
            var response = await SendAsync(operation, caller, ids);
            Assert.True(
                (response.Status, response.ErrorCode) == (404, "not_found"),
                $"{operation.Route} {string.Join(' ', ids)}: {response.Status} {response.Body}");
            calls++;
        }

        return calls;
    }

    private Task<ApiResponse> SendAsync(
        RestOperation operation, IApiCaller caller, IReadOnlyList<string> ids)
    {
        var filling = new RouteFilling(operation, Host.Get<ISchema>());
        return caller.SendAsync(
            new HttpMethod(operation.Route.Method),
            filling.Path(ids) + filling.Query(Org.Slug),
            filling.Body());
    }
}
