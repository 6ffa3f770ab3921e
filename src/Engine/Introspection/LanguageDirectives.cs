using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.Engine.Introspection;

/// <summary>The directives of the GraphQL specification, which apply even if a schema does not define them.</summary>
public static class LanguageDirectives
{
    private static readonly string[] Names =
        ["deprecated", "include", OneOfDirective.DirectiveName, "skip", SpecifiedByDirective.DirectiveName];

    /// <summary>Whether the node defines one of them.</summary>
    public static bool IsDefinition(ASTNode node) =>
        node is GraphQLDirectiveDefinition directive && Names.Contains(directive.Name.StringValue);
}

/// <summary>
/// <c>@oneOf</c> of the GraphQL specification. GraphQL.NET enforces it through
/// <see cref="IInputObjectGraphType.IsOneOf"/>, but does not list it among the directives.
/// </summary>
public sealed class OneOfDirective : Directive
{
    public const string DirectiveName = "oneOf";

    public OneOfDirective()
        : base(DirectiveName, DirectiveLocation.InputObject)
    {
        Description = "Requires exactly one field of the input object, which must not be null.";
    }

    public override bool? Introspectable => true;
}

/// <summary><c>@specifiedBy</c> of the GraphQL specification, which GraphQL.NET lacks.</summary>
public sealed class SpecifiedByDirective : Directive
{
    public const string DirectiveName = "specifiedBy";

    private const string Url = "url";

    public SpecifiedByDirective()
        : base(DirectiveName, DirectiveLocation.Scalar)
    {
        Description = "Links to the specification of a scalar.";
        Arguments = new QueryArguments(new QueryArgument<NonNullGraphType<StringGraphType>>
        {
            Name = Url,
            Description = "The URL of the specification.",
        });
    }

    public override bool? Introspectable => true;

    public static void Apply(ScalarGraphType scalar, string url) =>
        scalar.ApplyDirective(DirectiveName, Url, url);

    /// <returns>The URL, or null if there is none.</returns>
    public static string? UrlOf(IGraphType type) =>
        (string?)type.FindAppliedDirective(DirectiveName)?.FindArgument(Url)?.Value;
}
