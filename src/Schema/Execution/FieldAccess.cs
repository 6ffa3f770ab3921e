using Equaticket.Engine.Access;
using Equaticket.Engine.Errors;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Team;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema.Execution;

/// <summary>Who may use a field or see a type, according to its directives.</summary>
public sealed record FieldAccess(
    Scope? Scope, bool TestKeysOnly, Role? Role, bool IsAuthenticated, bool IsPublic) : IAccess
{
    /// <returns>The access declared by the member's directives, or null if there are none.</returns>
    public static FieldAccess? Read(IMetadataReader member)
    {
        var scope = member.FindAppliedDirective(ScopeDirectives.RequiresScope);
        var access = new FieldAccess(
            (Scope?)scope?.FindArgument(ScopeDirectives.ScopeArgument)?.Value,
            scope?.FindArgument(ScopeDirectives.TestKeysOnlyArgument)?.Value is true,
            (Role?)member.FindAppliedDirective(ScopeDirectives.RequiresRole)
                ?.FindArgument(ScopeDirectives.RoleArgument)?.Value,
            member.FindAppliedDirective(AccessDirectives.Authenticated) is not null,
            member.FindAppliedDirective(AccessDirectives.Public) is not null);
        return access is (null, _, null, false, false) ? null : access;
    }

    /// <returns>The reason the caller is refused, or null if it is allowed.</returns>
    public ApiError? Refusal(ICaller caller) => Refusal((Caller)caller);

    private ApiError? Refusal(Caller caller)
    {
        if (IsPublic)
            return null;
        if (!caller.IsAuthenticated)
            return ApiError.Unauthorized("Send an API key: Authorization: Bearer sk_….");
        return caller.Role is { } role ? RoleRefusal(role) : KeyRefusal(caller);
    }

    private ApiError? RoleRefusal(Role role)
    {
        if (Role is null)
        {
            return IsAuthenticated
                ? null
                : ApiError.Forbidden("This requires an API key; a session is not accepted.");
        }

        // Each role includes the ones after it, so the lower number is the higher role.
        return role <= Role
            ? null
            : ApiError.Forbidden($"This requires the role {WireNames<Role>.Of(Role.Value)}"
                + (Role == Persistence.Team.Role.Owner ? "." : " or above."));
    }

    private ApiError? KeyRefusal(Caller caller)
    {
        if (Scope is not { } scope)
        {
            return IsAuthenticated
                ? null
                : ApiError.Forbidden("This requires a dashboard session; an API key is not accepted.");
        }

        if (!caller.Scopes.Contains(scope))
        {
            return ApiError.Forbidden(
                $"This key lacks the scope {WireNames<Scope>.Of(scope)}. Create a key that has it.");
        }

        return TestKeysOnly && caller.Livemode
            ? ApiError.Forbidden("This requires a test key (sk_test_…).")
            : null;
    }
}
