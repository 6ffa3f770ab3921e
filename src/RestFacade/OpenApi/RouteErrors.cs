using Equaticket.Engine.Documents;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.RestFacade.Binding;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>Which errors a route can meet: by its kind, and by what its description names.</summary>
internal static class RouteErrors
{
    /// <returns>The codes by HTTP status.</returns>
    public static IEnumerable<IGrouping<int, ErrorCode>> Of(RouteFacts route) =>
        Enum.GetValues<ErrorCode>()
            .Where(code => IsOfKind(code, route)
                || route.Description.Contains($"`{code.WireName()}`", StringComparison.Ordinal))
            .GroupBy(code => code.HttpStatus())
            .OrderBy(status => status.Key);

    private static bool IsOfKind(ErrorCode code, RouteFacts route) => code switch
    {
        ErrorCode.ValidationError => true,
        ErrorCode.Unauthorized or ErrorCode.Forbidden => !route.Operation.Route.IsPublic,
        ErrorCode.ApiTermsRequired => false,
        ErrorCode.NotFound => route.Inputs.Any(NamesSomething),
        // A path answers so to the methods that it does not have.
        ErrorCode.MethodNotAllowed => false,
        ErrorCode.Conflict => route.Operation.Operation.IsMutation,
        ErrorCode.PreconditionFailed => route.Inputs.From(VariableSource.IfMatch).Any(),
        ErrorCode.PayloadTooLarge or ErrorCode.UnsupportedMediaType or ErrorCode.Unprocessable =>
            route.Method is "POST" or "PATCH",
        ErrorCode.RateLimited or ErrorCode.InternalError or ErrorCode.Unavailable => true,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "Say when it is met."),
    };

    /// <summary>What a request cannot do without outside its body is what it is about.</summary>
    private static bool NamesSomething(OperationInput input) =>
        input.Variable is { IsRequired: true, Source: VariableSource.Path or VariableSource.Query };
}
