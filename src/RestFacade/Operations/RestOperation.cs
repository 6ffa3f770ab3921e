using Equaticket.Engine.Execution;
using Equaticket.RestFacade.Binding;
using Equaticket.RestFacade.Routing;

namespace Equaticket.RestFacade.Operations;

/// <summary>A route with its operation, compiled at startup.</summary>
/// <param name="Route">The route.</param>
/// <param name="Operation">The operation to run.</param>
/// <param name="Binder">Binds a request to the operation's variables.</param>
/// <param name="Params">Translates schema names back into the caller's names.</param>
public sealed record RestOperation(
    ApiRoute Route, Operation Operation, RequestBinder Binder, ParamNames Params)
{
    /// <summary>The feature of the route: <c>Events</c>, <c>TicketTypes</c>.</summary>
    public string Feature => OperationFiles.Rest.Feature(Route.Operation);
}
