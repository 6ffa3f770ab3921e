using System.Collections.Frozen;
using System.Text.Json;
using Equaticket.Engine.Errors;
using Equaticket.RestFacade.Routing;
using GraphQL.Types;
using GraphQLParser.AST;
using Microsoft.AspNetCore.Http;

namespace Equaticket.RestFacade.Binding;

/// <summary>
/// Binds path, query string and JSON body to the variables of an operation. Omitted values are
/// not bound, so that a patch can distinguish absent from null; unknown names are rejected.
/// </summary>
public sealed class RequestBinder
{
    private readonly FrozenDictionary<string, BoundVariable> _path;
    private readonly FrozenDictionary<string, BoundVariable> _query;
    private readonly FrozenDictionary<string, BoundVariable> _body;
    private readonly IReadOnlyList<BoundVariable> _required;
    private readonly bool _takesIfMatch;

    private RequestBinder(IReadOnlyList<BoundVariable> variables)
    {
        Variables = variables;
        _path = From(VariableSource.Path);
        _query = From(VariableSource.Query);
        _body = From(VariableSource.Body);
        _takesIfMatch = variables.Any(v => v.Source == VariableSource.IfMatch);
        _required = [.. variables.Where(v => v.IsRequired && v.Source != VariableSource.Path)];

        FrozenDictionary<string, BoundVariable> From(VariableSource source) =>
            variables.Where(v => v.Source == source).ToFrozenDictionary(v => v.Name);
    }

    /// <summary>The variables, in the order of the operation.</summary>
    public IReadOnlyList<BoundVariable> Variables { get; }

    public static RequestBinder Compile(
        ApiRoute route, GraphQLOperationDefinition operation, ISchema schema) =>
        new([.. (operation.Variables?.Items ?? [])
            .Select(variable => BoundVariable.Compile(route, variable, schema))]);

    /// <returns>Whether the variable comes from the path.</returns>
    public bool IsInPath(string? variable) => variable is not null && _path.ContainsKey(variable);

    /// <param name="request">The request, for the path and query parameters.</param>
    /// <param name="body">The JSON body; undefined if there is none.</param>
    /// <exception cref="ApiError">
    /// A parameter or member is unknown, missing, duplicated, or of the wrong type.
    /// </exception>
    public Dictionary<string, object?> Bind(HttpRequest request, JsonElement body)
    {
        var values = new Dictionary<string, object?>();
        foreach (var name in _path.Keys)
            values.Add(name, request.RouteValues[name]);
        QueryText.RequireUtf8(request);
        BindQuery(request.Query, values);
        BindBody(body, values);
        if (_takesIfMatch && EntityTags.ExpectedVersions(request) is { } versions)
            values.Add(EntityTags.Variable, versions);
        var missing = _required.FirstOrDefault(variable => !values.ContainsKey(variable.Name));
        return missing is null
            ? values
            : throw ApiError.Validation(missing.Name, "This is required.");
    }

    private void BindQuery(IQueryCollection query, Dictionary<string, object?> values)
    {
        foreach (var (name, given) in query)
        {
            if (!_query.TryGetValue(name, out var variable) || variable.Name != name)
                throw ApiError.Validation(name, "This query parameter does not exist.");
            if (given.Count != 1)
                throw ApiError.Validation(name, "Send this only once.");
            values.Add(name, variable.Read(given[0] ?? ""));
        }
    }

    private void BindBody(JsonElement body, Dictionary<string, object?> values)
    {
        if (body.ValueKind == JsonValueKind.Undefined)
            return;
        if (body.ValueKind != JsonValueKind.Object)
            throw ApiError.Validation(null, "The body must be a JSON object.");
        foreach (var member in body.EnumerateObject())
        {
            if (!_body.TryGetValue(member.Name, out var variable))
                throw ApiError.Validation(member.Name, "This field does not exist.");
            values.Add(member.Name, variable.Read(member.Value));
        }
    }
}
