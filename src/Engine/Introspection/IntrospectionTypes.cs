using GraphQL.Introspection;
using GraphQL.Types;

namespace Equaticket.Engine.Introspection;

/// <summary>
/// Adds what the specification of September 2025 has and GraphQL.NET's introspection lacks, so that the
/// full query of today's tools is answered.
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
                    Description = "Whether to include deprecated arguments. No directive has any.",
                    DefaultValue = false,
                });
                break;
        }
    }
}

/// <summary>Hides nothing: the default hides whether a directive may be repeated.</summary>
public sealed class OpenIntrospection : DefaultSchemaFilter
{
    public override Task<bool> AllowField(IGraphType parent, IFieldType field) =>
        Task.FromResult(true);
}
