using CsCheck;
using Equaticket.RestFacade.Binding;
using Equaticket.RestFacade.Operations;
using Equaticket.RestFacade.Tests.Isolation;
using GraphQL.Types;

namespace Equaticket.RestFacade.Tests.HostileInput;

/// <summary>Generates requests for any route from its operation.</summary>
internal static class HostileRequests
{
    private static readonly Gen<string> HeaderValue = Gen.Frequency(
        (2, Gen.OneOf(
            "", "*", "*/*", "application/json", "application/json; charset=utf-16", "text/plain",
            "gzip", "chunked-not", "bytes=0-1", "W/\"1-a\"", "\"1-a\"", "a, b", "Bearer", "Bearer x",
            "Basic YTpi", new('x', 128), new('x', 129), new('x', 4000), "q=0;;==", "\u00e9", "\u0001")),
        (1, Gen.String[Gen.Char['\u0001', '\u00ff'], 0, 40].Select(text =>
            text.Replace('\r', ' ').Replace('\n', ' '))));

    private static readonly Gen<(string, string)[]> Headers = Gen.Select(
        Gen.OneOf(
            "X-Request-Id", "Authorization", "Accept", "Accept-Encoding", "Accept-Language",
            "Content-Type", "Content-Encoding", "Content-Language", "Idempotency-Key", "If-Match",
            "If-None-Match", "If-Modified-Since", "Origin", "Range", "Cookie", "traceparent",
            "tracestate", "X-HTTP-Method-Override", "X-Forwarded-For"),
        HeaderValue).Array[0, 3];

    private static readonly Gen<KeyChoice> Key = Gen.Frequency(
        (8, Gen.Const(KeyChoice.Live)), (8, Gen.Const(KeyChoice.Test)),
        (1, Gen.Const(KeyChoice.ReadOnly)), (1, Gen.Const(KeyChoice.None)));

    public static Gen<HostileRequest> ToAnyRoute(OperationCatalog catalog, ISchema schema) =>
        Gen.OneOf([.. catalog.Operations.Select(operation => To(operation, schema))]);

    private static Gen<HostileRequest> To(RestOperation operation, ISchema schema)
    {
        var filling = new RouteFilling(operation, schema);
        var method = Gen.Frequency(
            (30, Gen.Const(operation.Route.Method)),
            (1, Gen.OneOf("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "FOO")));
        var pathValue = Gen.Frequency(
            (9, Gen.Const((string?)null)),
            (1, HostileText.Escaped.Select(text => (string?)text)));
        return
            from verb in method
            from slot in Gen.Int[0, 999]
            from path in pathValue.Array[filling.Kinds.Count]
            from query in Query(operation)
            from body in Body(operation, filling)
            from headers in Gen.Frequency((1, Gen.Const(Array.Empty<(string, string)>())), (1, Headers))
            from key in Key
            select new HostileRequest(
                operation.Route, verb, slot, path, query, body, headers, key);
    }

    private static Gen<string> Query(RestOperation operation)
    {
        string[] names =
        [
            .. operation.Binder.Variables.Where(v => v.Source == VariableSource.Query)
                .Select(variable => variable.Name),
            "limit", "cursor", "x",
        ];
        var name = Gen.Frequency((6, Gen.OneOf(names)), (1, HostileText.Escaped));
        var value = Gen.Frequency(
            (3, HostileText.Escaped), (2, HostileText.Cursor), (2, Gen.OneOf("1", "100", "draft")));
        var pairs = Gen.Select(name, value, (n, v) => $"{n}={v}").Array[1, 3];
        var required = operation.Route.IsPublic ? "?org_slug=ORG_SLUG" : "";
        var start = required.Length > 0 ? $"{required}&" : "?";
        return Gen.Frequency(
            (2, Gen.Const(required)),
            (2, pairs.Select(list => start + string.Join('&', list))),
            (1, HostileText.Escaped.Select(text => $"?{text}")));
    }

    private static Gen<byte[]?> Body(RestOperation operation, RouteFilling filling)
    {
        string[] names =
        [
            .. operation.Binder.Variables.Where(v => v.Source == VariableSource.Body)
                .Select(variable => variable.Name),
        ];
        var example = (filling.Body(HostileRequest.Ids) ?? []).ToDictionary(pair => pair.Key, pair => (object?)pair.Value);
        return HostileBody.Of(example, names);
    }
}
