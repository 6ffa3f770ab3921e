using Equaticket.Engine.Access;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema.Execution;

/// <summary>Puts <c>@requiresScope</c> on a root field, or on an argument of one.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Parameter)]
public sealed class RequiresScopeAttribute(Scope scope) : GraphQLAttribute
{
    public bool TestKeysOnly { get; init; }

    public override void Modify(FieldType fieldType, bool isInputType) =>
        fieldType.RequireScope(scope, TestKeysOnly);

    public override void Modify(QueryArgument queryArgument) =>
        queryArgument.RequireScope(scope, TestKeysOnly);
}

/// <summary>Puts <c>@requiresRole</c> on a root field, or on an argument of one.</summary>
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

    /// <summary>Any key or session, as far as no other directive speaks of them.</summary>
    public static T RequireCaller<T>(this T member)
        where T : IMetadataWriter => member.ApplyDirective(AccessDirectives.Authenticated);

    public static T RequireRole<T>(this T member, Role role)
        where T : IMetadataWriter =>
        member.ApplyDirective(
            ScopeDirectives.RequiresRole, ScopeDirectives.RoleArgument, role);
}
