using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Enums;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.Schema.Access;

/// <summary>The directives that say who may use a field. <see cref="FieldAccess"/> enforces them.</summary>
internal static class AccessDirectives
{
    public const string RequiresScope = "requiresScope";
    public const string RequiresRole = "requiresRole";
    public const string Authenticated = "authenticated";
    public const string Public = "public";

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
            new QueryArgument<NonNullGraphType<WireEnumType<Scope>>>
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
            new QueryArgument<NonNullGraphType<WireEnumType<Role>>>
            {
                Name = RoleArgument,
                Description = "The least role that is let in.",
            }),
        new AccessDirective(
            Authenticated,
            "Lets in any API key and any dashboard session. With `@requiresRole` beside it, any key and the "
            + "sessions that have the role.",
            [DirectiveLocation.FieldDefinition]),
        new AccessDirective(
            Public, "Lets in everybody, without a key.", [DirectiveLocation.FieldDefinition]),
    ];

    private sealed class AccessDirective : Directive
    {
        public AccessDirective(
            string name,
            string description,
            DirectiveLocation[] locations,
            params QueryArgument[] arguments)
            : base(name, locations)
        {
            Description = description;
            Arguments = new QueryArguments(arguments);
        }

        public override bool? Introspectable => true;
    }
}
