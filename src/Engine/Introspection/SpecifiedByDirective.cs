using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.Engine.Introspection;

/// <summary><c>@specifiedBy</c> of the GraphQL specification, which GraphQL.NET does not have.</summary>
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

    /// <returns>The address; null where none is given.</returns>
    public static string? UrlOf(IGraphType type) =>
        (string?)type.FindAppliedDirective(DirectiveName)?.FindArgument(Url)?.Value;
}
