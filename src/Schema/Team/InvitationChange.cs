using Equaticket.Engine.Errors;
using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Audit;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Team;

/// <summary>Sends and cancels the invitations of the caller's organization.</summary>
internal static class InvitationChange
{
    private const int MaxPerDay = 100;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public static async Task<InvitationRow> SendAsync(
        OperationContext operation, InviteMemberInput wanted, CancellationToken cancellationToken)
    {
        if (wanted.Role == Role.Owner)
            throw ApiError.Validation("role", "An organization has one owner. Transfer the ownership instead.");
        var (database, stamp, normalized) = (operation.Database, operation.Stamps.Next(), EmailKeys.Of(wanted.Email));
        if (await database.Memberships.AnyAsync(
            m => database.Users.Any(u => u.Id == m.UserId && u.EmailNormalized == normalized), cancellationToken))
            throw ApiError.Conflict($"{wanted.Email} is already a member.", "email");
        await RequireRoomAsync(operation, stamp.CreatedAt, cancellationToken);
        await database.Invitations.Where(i => i.EmailNormalized == normalized)
            .ExecuteDeleteAsync(cancellationToken);
        database.Add(new Invitation
        {
            Id = stamp.Id,
            Email = wanted.Email,
            EmailNormalized = normalized,
            Role = wanted.Role,
            InvitedById = operation.Caller.UserId!.Value,
            ExpiresAt = stamp.CreatedAt + Lifetime,
            CreatedAt = stamp.CreatedAt,
        });
        database.Add(AccountEmail.Of(
            operation.Stamps.Next(), AccountEmailKind.Invitation, wanted.Email, invitationId: stamp.Id));
        Record(operation, AuditAction.MemberInvited, stamp.Id, wanted.Email, wanted.Role);
        await database.SaveChangesAsync(cancellationToken);
        return await InvitationRow.All(operation).SingleAsync(row => row.Id == stamp.Id, cancellationToken);
    }

    public static async Task<InvitationRow> CancelAsync(
        OperationContext operation, Guid id, CancellationToken cancellationToken)
    {
        var row = await InvitationRow.All(operation).SingleOrDefaultAsync(i => i.Id == id, cancellationToken);
        if (row is null
            || await operation.Database.Invitations.Where(i => i.Id == id).ExecuteDeleteAsync(cancellationToken) == 0)
            throw ApiError.NotFound("invitation");
        Record(operation, AuditAction.InvitationCancelled, id, row.Email, row.Role);
        await operation.Database.SaveChangesAsync(cancellationToken);
        return row;
    }

    /// <remarks>Counts entries of the audit log, so that cancelling an invitation does not allow another one.</remarks>
    private static async Task RequireRoomAsync(
        OperationContext operation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - TimeSpan.FromDays(1);
        if (await operation.Database.AuditLog.CountAsync(
            entry => entry.Action == AuditAction.MemberInvited && entry.CreatedAt > since,
            cancellationToken) >= MaxPerDay)
            throw ApiError.Unprocessable($"You can send {MaxPerDay} invitations in 24 hours. Try again tomorrow.");
    }

    private static void Record(
        OperationContext operation, AuditAction action, Guid id, string email, Role role) =>
        AuditLog.Record(operation, action, id, $"{email}, {WireNames<Role>.Of(role)}");
}
