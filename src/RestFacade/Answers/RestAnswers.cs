using System.Buffers;
using System.Text.Json;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Http;
using Equaticket.RestFacade.Binding;
using Equaticket.RestFacade.Operations;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.Execution;
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
    /// <summary>The base path of a new resource if its route specifies no other.</summary>
    private readonly string _path = http.Request.Path;

    public Answer Render(ExecutionResult result)
    {
        if (result.Errors is { Count: > 0 } errors)
            return Error(InputErrors.ToApiError(errors[0]));
        var root = ((RootExecutionNode)result.Data!).SubFields![0];
        if (!operation.Route.HasBody)
            return new Answer(operation.Route.Status, null, default);
        return Find(root) is { } resource
            ? Success(resource)
            : Error(ApiError.NotFound("resource"));
    }

    private Answer Error(ApiError error)
    {
        var param = operation.Params.ToRest(error.Param);
        // A malformed id in a path is not found, like an unknown one.
        var shown = error.ErrorCode switch
        {
            ErrorCode.ValidationError when operation.Binder.IsInPath(param) => ApiError.NotFound("resource"),
            ErrorCode.PreconditionFailed when EntityTags.ExpectsWeak(http.Request) => ApiError.WeakTag(),
            _ => error.WithParam(param),
        };
        return ErrorEnvelope.Render(shown, http.TraceIdentifier);
    }

    private Answer Success(ExecutionNode[] fields)
    {
        var body = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(body, ResultJson.Options))
        {
            var tree = new ResultJson(json, useWireNames: true);
            json.WriteStartObject();
            if (Child(fields, "nodes") is { } nodes)
                WriteList(json, tree, nodes, fields);
            else
                tree.WriteFields(fields);
            json.WriteEndObject();
        }

        return new Answer(operation.Route.Status, ErrorEnvelope.ContentType, body.WrittenMemory)
        {
            ETag = Tag(fields, body.WrittenSpan),
            Location = operation.Route.Status == 201
                ? $"{operation.Route.Collection ?? _path.TrimEnd('/')}/{Value(fields, "id")}"
                : null,
        };
    }

    /// <summary>Lists have a tag only if all callers share them.</summary>
    private string? Tag(ExecutionNode[] fields, ReadOnlySpan<byte> body)
    {
        var isList = Child(fields, "nodes") is not null;
        if (isList && !operation.Route.IsPublic)
            return null;
        return EntityTags.Of(
            body, Child(fields, "_version") is ValueExecutionNode { Result: int version }
                ? version
                : null);
    }

    private void WriteList(
        Utf8JsonWriter json, ResultJson tree, ExecutionNode nodes, ExecutionNode[] fields)
    {
        var page = ((ObjectExecutionNode)Child(fields, "pageInfo")!).SubFields!;
        var hasMore = Value(page, "hasNextPage") is true;
        json.WriteBoolean("livemode", livemode);
        json.WritePropertyName("data");
        tree.Write(nodes);
        json.WriteBoolean("has_more", hasMore);
        json.WriteString("next_cursor", hasMore ? (string?)Value(page, "endCursor") : null);
    }

    /// <summary>
    /// The members of the resource, or of the connection in it (<c>event.ticketTypes</c>);
    /// null if the path to it ends in null.
    /// </summary>
    private static ExecutionNode[]? Find(ExecutionNode node) =>
        (node as ObjectExecutionNode)?.SubFields switch
        {
            [ObjectExecutionNode { SubFields: { } inner }] when Child(inner, "nodes") is not null =>
                inner,
            var fields => fields,
        };

    private static ExecutionNode? Child(ExecutionNode[] fields, string name) =>
        Array.Find(fields, field => field.Name == name);

    private static object? Value(ExecutionNode[] fields, string name) =>
        ((ValueExecutionNode)Child(fields, name)!).Result;
}
