using Equaticket.Engine.Access;
using Equaticket.Engine.Documents;
using Equaticket.RestFacade.Operations;
using Equaticket.RestFacade.Routing;
using GraphQL.Types;

namespace Equaticket.RestFacade.Tests.Operations;

/// <summary>A mismatch between routes and operations fails startup.</summary>
public sealed class OperationCatalogTests : ApiTest
{
    [Fact]
    public void Startup_fails_for_a_route_without_a_file() =>
        AssertStopsTheStart(
            [.. RouteTable.Routes, new ApiRoute("GET", "/api/v1/seats", "ListSeats")],
            "The file ListSeats.graphql does not exist.");

    [Fact]
    public void Startup_fails_for_a_file_without_a_route() =>
        AssertStopsTheStart(
            [.. RouteTable.Routes.Where(route => route.Operation != "PublishEvent")],
            "No route uses PublishEvent.graphql.");

    [Fact]
    public void Startup_fails_for_a_path_parameter_that_is_not_a_variable() =>
        AssertStopsTheStart(
            Replace("GetEvent", route => route with { Template = "/api/v1/events/{event_id}" }),
            "GetEvent has no variable $event_id.");

    [Fact]
    public void Startup_fails_for_a_GET_that_runs_a_mutation() =>
        AssertStopsTheStart(
            Replace("PublishEvent", route => route with { Method = "GET" }),
            "GET does not match PublishEvent.");

    [Fact]
    public void Startup_fails_for_a_POST_that_runs_a_query() =>
        AssertStopsTheStart(
            Replace("GetEvent", route => route with { Method = "POST" }),
            "POST does not match GetEvent.");

    private static ApiRoute[] Replace(string operation, Func<ApiRoute, ApiRoute> change) =>
        [.. RouteTable.Routes.Select(r => r.Operation == operation ? change(r) : r)];

    private void AssertStopsTheStart(IReadOnlyList<ApiRoute> routes, string message)
    {
        var fault = Assert.Throws<InvalidOperationException>(() => new OperationCatalog(
            routes, Host.Get<ISchema>(), Host.Get<OperationAccess>(), Host.Get<DocumentCheck>()));
        Assert.Equal(message, fault.Message);
    }
}
