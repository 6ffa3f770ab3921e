using GraphQL.Introspection;
using GraphQL.Types;

namespace Equaticket.Engine.Introspection;

/// <summary>
/// Adds the parts of the September 2025 specification that GraphQL.NET's introspection lacks, so that the
/// full introspection query of current tools works.
/// </summary>
public static class IntrospectionTypes
{
    public static void Complete(IGraphType type)
    {
        switch (type)
        {
            case __Type introspected when introspected.Fields.Find("specifiedByURL") is null:
                introspected.Field<StringGraphType>("specifiedByURL")
                    .Description("The URL of the specification of a scalar; null if there is none.")
                    .Resolve(context => SpecifiedByDirective.UrlOf((IGraphType)context.Source!));
                break;
            case __Directive directive when directive.Fields.Find("args") is { Arguments: null } args:
                args.Arguments = new QueryArguments(new QueryArgument<NonNullGraphType<BooleanGraphType>>
                {
                    Name = "includeDeprecated",
                    Description = "Whether to include deprecated arguments. There are none.",
                    DefaultValue = false,
                });
                break;
        }
    }
}

/// <summary>Hides nothing. The default filter hides whether a directive is repeatable.</summary>
public sealed class OpenIntrospection : DefaultSchemaFilter
{
    public override Task<bool> AllowField(IGraphType parent, IFieldType field) =>
        Task.FromResult(true);
}
