using Equaticket.RestFacade.Binding;
using Equaticket.RestFacade.Operations;
using Equaticket.RestFacade.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Equaticket.RestFacade.Tests.Routing;

public sealed class RouteTableTests : ApiTest
{
    [Fact]
    public void Every_route_has_its_operation_file_and_every_file_its_route() =>
        Assert.Equal(
            RouteTable.Routes.Select(route => route.Operation).Order(StringComparer.Ordinal),
            OperationFiles.Rest.Operations.Order(StringComparer.Ordinal));

    [Fact]
    public void No_route_is_listed_twice() =>
        Assert.Distinct(RouteTable.Routes.Select(route => $"{route.Method} {route.Template}"));

    [Fact]
    public void Every_parameter_of_a_path_is_a_required_variable_of_its_operation()
    {
        foreach (var operation in Host.Get<OperationCatalog>().Operations)
        {
            Assert.Equal(
                RoutePatternFactory.Parse(operation.Route.Template).Parameters
                    .Select(parameter => parameter.Name).Order(StringComparer.Ordinal),
                operation.Binder.Variables
                    .Where(variable => variable is { IsRequired: true, Source: VariableSource.Path })
                    .Select(variable => variable.Name).Order(StringComparer.Ordinal));
        }
    }
}
