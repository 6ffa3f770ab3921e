using Equaticket.Engine.Errors;
using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Audit;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Team;

/// <summary>
/// Changes the members of the caller's organization. Each statement names the role it expects, so the second of
/// two concurrent changes sees the result of the first.
/// </summary>
internal static class MemberChange
{
    /// <exception cref="ApiError">The member does not exist.</exception>
    public static async Task<TeamMemberRow> GetAsync(
        OperationContext operation, Guid id, CancellationToken cancellationToken) =>
        await TeamMemberRow.All(operation).SingleOrDefaultAsync(member => member.Id == id, cancellationToken)
            ?? throw ApiError.NotFound("member");

    public static async Task<TeamMemberRow> SetRoleAsync(
        OperationContext operation, Guid id, Role role, CancellationToken cancellationToken)
    {
        if (role == Role.Owner)
            throw ApiError.Validation("role", "An organization has one owner. Transfer the ownership instead.");
        var member = await RequireOtherAsync(operation, id, cancellationToken);
        if (member.Role == role)
            return member;
        await MoveAsync(operation, id, member.Role, role, cancellationToken);
        await RecordAsync(
            operation, AuditAction.MemberRoleChanged, id,
            $"{WireNames<Role>.Of(member.Role)} → {WireNames<Role>.Of(role)}", cancellationToken);
        return member with { Role = role };
    }

    public static async Task<TeamMemberRow> RemoveAsync(
        OperationContext operation, Guid id, CancellationToken cancellationToken)
    {
        var member = await RequireOtherAsync(operation, id, cancellationToken);
        var removed = await operation.Database.Memberships
            .Where(membership => membership.UserId == id && membership.Role == member.Role)
            .ExecuteDeleteAsync(cancellationToken);
        if (removed == 0)
            throw Changed();
        await RecordAsync(
            operation, AuditAction.MemberRemoved, id, $"{member.Email}, {WireNames<Role>.Of(member.Role)}",
            cancellationToken);
        return member;
    }

    /// <remarks>Demotes the old owner first: an organization never has two.</remarks>
    public static async Task<TeamMemberRow> TransferAsync(
        OperationContext operation, Guid id, CancellationToken cancellationToken)
    {
        var member = await GetAsync(operation, id, cancellationToken);
        if (member.IsYou)
            throw ApiError.Conflict("You are already the owner.");
        await MoveAsync(operation, operation.Caller.UserId!.Value, Role.Owner, Role.Admin, cancellationToken);
        await MoveAsync(operation, id, member.Role, Role.Owner, cancellationToken);
        await RecordAsync(operation, AuditAction.OwnershipTransferred, id, member.Email, cancellationToken);
        return member with { Role = Role.Owner };
    }

    /// <exception cref="ApiError">The member does not exist, or is the owner or the caller.</exception>
    private static async Task<TeamMemberRow> RequireOtherAsync(
        OperationContext operation, Guid id, CancellationToken cancellationToken)
    {
        var member = await GetAsync(operation, id, cancellationToken);
        if (member.Role == Role.Owner)
            throw ApiError.Conflict("An organization always has an owner. Transfer the ownership first.");
        if (member.IsYou)
            throw ApiError.Conflict("You cannot change or remove yourself. Ask another admin or the owner.");
        return member;
    }

    private static async Task MoveAsync(
        OperationContext operation, Guid id, Role from, Role to, CancellationToken cancellationToken)
    {
        var moved = await operation.Database.Memberships
            .Where(membership => membership.UserId == id && membership.Role == from)
            .ExecuteUpdateAsync(row => row.SetProperty(membership => membership.Role, to), cancellationToken);
        if (moved == 0)
            throw Changed();
    }

    private static Task RecordAsync(
        OperationContext operation, AuditAction action, Guid id, string detail, CancellationToken cancellationToken)
    {
        AuditLog.Record(operation, action, id, detail);
        return operation.Database.SaveChangesAsync(cancellationToken);
    }

    private static ApiError Changed() =>
        ApiError.Conflict("Someone else has just changed this member. Reload the page.");
}
