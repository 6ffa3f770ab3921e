using System.Globalization;
using System.Text.Json.Nodes;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Input;
using Equaticket.RestFacade.Routing;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>All answers of a route by their HTTP status.</summary>
internal sealed class Responses(ErrorResponses errors)
{
    /// <param name="facts">The route.</param>
    /// <param name="result">The schema of its answer; null when it has no body.</param>
    public JsonObject Of(RouteFacts facts, JsonObject? result)
    {
        var responses = new JsonObject
        {
            [Key(facts.Operation.Route.Status)] = Success(facts, result),
        };
        if (facts.MayBeNotModified)
            responses["304"] = NotModified(facts);
        foreach (var status in RouteErrors.Of(facts))
            responses[Key(status.Key)] = errors.Add([.. status]);
        return responses;
    }

    private static JsonObject Success(RouteFacts facts, JsonObject? result)
    {
        var response = new JsonObject
        {
            ["description"] = Meaning(facts.Operation.Route.Status),
            ["headers"] = HeaderComponents.To(SuccessHeaders(facts.Operation.Route, facts.HasETag)),
        };
        if (result is not null)
            response["content"] = MediaTypes.Json(result);
        return response;
    }

    private static JsonObject NotModified(RouteFacts facts) => new()
    {
        ["description"] = "You have this state of the resource already.",
        ["headers"] = HeaderComponents.To(SuccessHeaders(facts.Operation.Route, facts.HasETag)),
    };

    private static IEnumerable<string> SuccessHeaders(ApiRoute route, bool hasETag) =>
    [
        HeaderComponents.RequestId,
        .. HeaderComponents.RateLimit,
        .. If(hasETag, HeaderComponents.ETag),
        .. If(route.Status == 201, HeaderComponents.Location),
        .. If(route.Method == "POST", HeaderComponents.Replayed),
        .. If(route.IsPublic, HeaderComponents.CacheControl),
        .. If(route.IsPublic, HeaderComponents.AllowOrigin),
    ];

    private static IEnumerable<string> If(bool applies, string name) => applies ? [name] : [];

    private static string Meaning(int status) => status switch
    {
        201 => "It was made; `Location` tells where it is.",
        202 => "It will be done.",
        204 => "It was done; there is nothing more to say.",
        _ => "Success.",
    };

    private static string Key(int status) => status.ToString(CultureInfo.InvariantCulture);
}
