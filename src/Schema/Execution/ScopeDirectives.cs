using Equaticket.Engine.Access;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;
using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.Schema.Execution;

/// <summary>The directives that require a scope or a role. <see cref="FieldAccess"/> enforces them.</summary>
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

/// <summary>Puts <c>@requiresScope</c> on a root field or one of its arguments.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Parameter)]
public sealed class RequiresScopeAttribute(Scope scope) : GraphQLAttribute
{
    public bool TestKeysOnly { get; init; }

    public override void Modify(FieldType fieldType, bool isInputType) =>
        fieldType.RequireScope(scope, TestKeysOnly);

    public override void Modify(QueryArgument queryArgument) =>
        queryArgument.RequireScope(scope, TestKeysOnly);
}

/// <summary>Puts <c>@requiresRole</c> on a root field or one of its arguments.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Parameter)]
public sealed class RequiresRoleAttribute(Role role) : GraphQLAttribute
{
    public override void Modify(FieldType fieldType, bool isInputType) => fieldType.RequireRole(role);

    public override void Modify(QueryArgument queryArgument) => queryArgument.RequireRole(role);
}

/// <summary>Puts access directives on fields and types that are built in code.</summary>
internal static class AccessRequirements
{
    public static T RequireScope<T>(this T member, Scope scope, bool testKeysOnly = false)
        where T : IMetadataWriter =>
        member.ApplyDirective(ScopeDirectives.RequiresScope, directive =>
        {
            directive.AddArgument(new DirectiveArgument(ScopeDirectives.ScopeArgument)
            {
                Value = scope,
            });
            if (!testKeysOnly)
                return;
            directive.AddArgument(new DirectiveArgument(ScopeDirectives.TestKeysOnlyArgument)
            {
                Value = true,
            });
        });

    /// <summary>Allows any key and any session, except where another directive restricts them.</summary>
    public static T RequireCaller<T>(this T member)
        where T : IMetadataWriter => member.ApplyDirective(AccessDirectives.Authenticated);

    public static T RequireRole<T>(this T member, Role role)
        where T : IMetadataWriter =>
        member.ApplyDirective(
            ScopeDirectives.RequiresRole, ScopeDirectives.RoleArgument, role);
}
