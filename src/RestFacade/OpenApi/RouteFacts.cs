using Equaticket.Engine.Execution;
using Equaticket.RestFacade.Operations;
using GraphQL.Types;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>A route with what its operation and the schema say about it.</summary>
internal sealed class RouteFacts(RestOperation operation, ISchema schema)
{
    public RestOperation Operation { get; } = operation;

    public string Method => Operation.Route.Method;

    public IReadOnlyList<OperationInput> Inputs { get; } = OperationInputs.Of(operation, schema);

    public OperationResult Result { get; } = OperationResult.Of(operation, schema);

    public string Description => RestWording.Of(Result.Field.Description);

    /// <summary>Single resources have an entity tag; lists only where everybody shares them.</summary>
    public bool HasETag =>
        Operation.Route.HasBody && (Result.Items is null || Operation.Route.IsPublic);

    public bool MayBeNotModified => Method == "GET" && HasETag;
}
