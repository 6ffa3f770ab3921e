using System.Text.Json;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;
using Equaticket.RestFacade.Routing;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.RestFacade.Binding;

/// <summary>The source of a variable's value.</summary>
public enum VariableSource
{
    Path,
    Query,
    Body,

    /// <summary>The version of an <c>If-Match</c> header.</summary>
    IfMatch,
}

/// <summary>A variable of an operation, as REST callers see it.</summary>
public sealed record BoundVariable(
    string Name, VariableSource Source, InputShape Shape, bool IsRequired)
{
    public static BoundVariable Compile(
        ApiRoute route, GraphQLVariableDefinition definition, ISchema schema)
    {
        var name = definition.Variable.Name.StringValue;
        var type = definition.Type.GraphTypeFromType(schema)!;
        if (name == EntityTags.Variable)
            return new BoundVariable(name, VariableSource.IfMatch, InputShape.Of(type), false);
        var source = route.Template.Contains($"{{{name}}}", StringComparison.Ordinal)
            ? VariableSource.Path
            : route.Method is "GET" or "DELETE" ? VariableSource.Query : VariableSource.Body;
        return new BoundVariable(name, source, InputShape.Of(type), type is NonNullGraphType);
    }

    /// <exception cref="ApiError">The value is invalid.</exception>
    public object? Read(JsonElement json) => Shape.Read(json, Name, IsRequired);

    /// <exception cref="ApiError">The value is invalid or blank.</exception>
    public object Read(string text) => TextRules.IsBlank(text)
        ? throw ApiError.Validation(Name, TextRules.Blank)
        : Shape.Read(text, Name);
}
