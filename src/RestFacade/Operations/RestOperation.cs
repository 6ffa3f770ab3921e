using Equaticket.Engine.Execution;
using Equaticket.RestFacade.Binding;
using Equaticket.RestFacade.Routing;

namespace Equaticket.RestFacade.Operations;

/// <summary>A route with its operation, compiled at start.</summary>
/// <param name="Route">The route.</param>
/// <param name="Operation">The operation to run.</param>
/// <param name="Binder">Turns a request into the operation's variables.</param>
/// <param name="Params">Turns the names of the schema back into the caller's.</param>
public sealed record RestOperation(
    ApiRoute Route, Operation Operation, RequestBinder Binder, ParamNames Params)
{
    /// <summary>The feature it belongs to: <c>Events</c>, <c>TicketTypes</c>.</summary>
    public string Feature => OperationFiles.Rest.Feature(Route.Operation);
}
