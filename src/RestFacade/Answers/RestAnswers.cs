using System.Text.Json;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Http;
using Equaticket.RestFacade.Binding;
using Equaticket.RestFacade.Operations;
using Equaticket.Schema.Execution;
using GraphQL;
using Microsoft.AspNetCore.Http;

namespace Equaticket.RestFacade.Answers;

/// <summary>
/// Turns the result of an operation into the documented JSON: a bare resource, a list in its
/// envelope, or an error in the error envelope.
/// </summary>
/// <param name="operation">The route and its operation.</param>
/// <param name="http">The request.</param>
/// <param name="livemode">The caller's mode, for the list envelope.</param>
public sealed class RestAnswers(RestOperation operation, HttpContext http, bool livemode)
{
    /// <summary>The base path of a new resource, unless its route specifies another.</summary>
    private readonly string _path = http.Request.Path;

    public Answer Render(ExecutionResult result)
    {
        if (result.Errors is { Count: > 0 } errors)
            return Error(InputErrors.ToApiError(errors[0]));
        if (!operation.Route.HasBody)
            return new Answer(operation.Route.Status, null, default);
        return Find(result) is { } resource
            ? Success(resource)
            : Error(ApiError.NotFound("resource"));
    }

    private Answer Error(ApiError error)
    {
        var param = operation.Params.ToRest(error.Param);
        // A malformed id in the path is not found, like an unknown one.
        var shown = error.ErrorCode switch
        {
            ErrorCode.ValidationError when operation.Binder.IsInPath(param) => ApiError.NotFound("resource"),
            ErrorCode.PreconditionFailed when EntityTags.ExpectsWeak(http.Request) => ApiError.WeakTag(),
            _ => error.WithParam(param),
        };
        return ErrorEnvelope.Render(shown, http.TraceIdentifier);
    }

    private Answer Success(ResultObject resource)
    {
        using var body = new RentedBuffer();
        var isList = resource.Has("nodes");
        using (var json = new Utf8JsonWriter(body, ResultJson.Options))
        {
            var result = new ResultJson(json, useWireNames: true);
            json.WriteStartObject();
            if (isList)
                WriteList(json, result, resource);
            else
                resource.WriteFields(result);
            json.WriteEndObject();
        }

        return new Answer(operation.Route.Status, ErrorEnvelope.ContentType, body.ToArray())
        {
            // Only lists that all callers share have a tag.
            ETag = isList && !operation.Route.IsPublic
                ? null
                : EntityTags.Of(body.WrittenSpan, (int?)resource.Value("_version")),
            Location = operation.Route.Status == 201
                ? $"{operation.Route.Collection ?? _path.TrimEnd('/')}/{resource.Value("id")}"
                : null,
        };
    }

    private void WriteList(Utf8JsonWriter json, ResultJson result, ResultObject connection)
    {
        var page = connection.Child("pageInfo")!;
        var hasMore = page.Value("hasNextPage") is true;
        json.WriteBoolean("livemode", livemode);
        json.WritePropertyName("data");
        connection.WriteValue(result, "nodes");
        json.WriteBoolean("has_more", hasMore);
        json.WriteString("next_cursor", hasMore ? (string?)page.Value("endCursor") : null);
    }

    /// <summary>
    /// The resource, or the connection it contains (<c>event.ticketTypes</c>); null if a value on the path
    /// to it is null.
    /// </summary>
    private static ResultObject? Find(ExecutionResult result)
    {
        var root = ResultObject.OfRoot(result);
        return root?.Only is { } inner && inner.Has("nodes") ? inner : root;
    }
}
