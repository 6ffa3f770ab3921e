using Equaticket.Engine.Access;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.Schema.Execution;

/// <summary>The directives that demand a scope or a role. <see cref="FieldAccess"/> enforces them.</summary>
internal static class ScopeDirectives
{
    public const string RequiresScope = "requiresScope";
    public const string RequiresRole = "requiresRole";

    public const string ScopeArgument = "scope";
    public const string TestKeysOnlyArgument = "testKeysOnly";
    public const string RoleArgument = "role";

    public static IEnumerable<Directive> All() =>
    [
        new AccessDirective(
            RequiresScope,
            "Lets in an API key that has the scope. Refused with `forbidden` before anything is "
            + "executed. On an object type it says what `node` and `nodes` ask for that type; on an "
            + "argument, what giving it asks for, unless it is null or false.",
            [
                DirectiveLocation.FieldDefinition,
                DirectiveLocation.Object,
                DirectiveLocation.ArgumentDefinition,
            ],
            new QueryArgument<NonNullGraphType<WireEnumGraphType<Scope>>>
            {
                Name = ScopeArgument,
                Description = "The scope that the key must have.",
            },
            new QueryArgument<NonNullGraphType<BooleanGraphType>>
            {
                Name = TestKeysOnlyArgument,
                Description = "Whether live keys are refused.",
                DefaultValue = false,
            }),
        new AccessDirective(
            RequiresRole,
            "Lets in a dashboard session whose role is this one or above. What also has `@requiresScope` "
            + "lets in either. On an object type it says what `node` and `nodes` ask for that type; on an "
            + "argument, what giving it asks for, unless it is null or false.",
            [
                DirectiveLocation.FieldDefinition,
                DirectiveLocation.Object,
                DirectiveLocation.ArgumentDefinition,
            ],
            new QueryArgument<NonNullGraphType<WireEnumGraphType<Role>>>
            {
                Name = RoleArgument,
                Description = "The least role that is let in.",
            }),
    ];
}
