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
            "Accessible with an API key that has the scope; otherwise refused with `forbidden` before anything "
            + "is executed. On an object type, required to get that type with `node` and `nodes`; on an "
            + "argument, required to pass it, unless its value is null or false.",
            [
                DirectiveLocation.FieldDefinition,
                DirectiveLocation.Object,
                DirectiveLocation.ArgumentDefinition,
            ],
            new QueryArgument<NonNullGraphType<WireEnumGraphType<Scope>>>
            {
                Name = ScopeArgument,
                Description = "The required scope.",
            },
            new QueryArgument<NonNullGraphType<BooleanGraphType>>
            {
                Name = TestKeysOnlyArgument,
                Description = "Whether live keys are refused.",
                DefaultValue = false,
            }),
        new AccessDirective(
            RequiresRole,
            "Accessible with a dashboard session that has this role or a higher one. Combined with "
            + "`@requiresScope`, accessible with either. On an object type, required to get that type with "
            + "`node` and `nodes`; on an argument, required to pass it, unless its value is null or false.",
            [
                DirectiveLocation.FieldDefinition,
                DirectiveLocation.Object,
                DirectiveLocation.ArgumentDefinition,
            ],
            new QueryArgument<NonNullGraphType<WireEnumGraphType<Role>>>
            {
                Name = RoleArgument,
                Description = "The minimum role.",
            }),
    ];
}
