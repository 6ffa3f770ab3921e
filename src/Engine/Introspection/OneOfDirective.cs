using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.Engine.Introspection;

/// <summary>
/// <c>@oneOf</c> of the GraphQL specification. GraphQL.NET enforces it by
/// <see cref="IInputObjectGraphType.IsOneOf"/>, and does not list it among the directives.
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
