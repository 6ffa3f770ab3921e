using Equaticket.Engine.Fields;
using Equaticket.Engine.Input;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Execution;
using GraphQL.Types;

namespace Equaticket.Schema.Team;

/// <summary>An invitation, as shown to members.</summary>
public sealed record InvitationRow
{
    public required Guid Id { get; init; }

    public required string Email { get; init; }

    public required Role Role { get; init; }

    public required string? InvitedBy { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The open invitations of the caller's organization.</summary>
    internal static IQueryable<InvitationRow> All(OperationContext operation)
    {
        var (database, now) = (operation.Database, operation.Stamps.Now());
        return database.Invitations.Where(invitation => invitation.ExpiresAt > now)
            .OrderByDescending(invitation => invitation.CreatedAt)
            .Select(invitation => new InvitationRow
            {
                Id = invitation.Id,
                Email = invitation.Email,
                Role = invitation.Role,
                InvitedBy = database.Users.Where(user => user.Id == invitation.InvitedById)
                    .Select(user => user.Email).FirstOrDefault(),
                ExpiresAt = invitation.ExpiresAt,
                CreatedAt = invitation.CreatedAt,
            });
    }
}

public sealed class InvitationGraphType : ObjectGraphType<InvitationRow>
{
    public InvitationGraphType()
    {
        Name = "Invitation";
        Description = "An offer to join your organization, sent by email. Its link works once.";
        this.Leaf("id", "The unique identifier of the invitation.", invitation => invitation.Id);
        this.Leaf("email", "The email address that it was sent to.", invitation => invitation.Email);
        this.Leaf("role", "The role that it offers.", invitation => invitation.Role);
        this.OptionalLeaf("invitedBy", "The email address of the member who sent it.",
            invitation => invitation.InvitedBy);
        this.Leaf("expiresAt", "When the link stops working: 7 days after the invitation.",
            invitation => invitation.ExpiresAt);
        this.Leaf("createdAt", "When it was sent.", invitation => invitation.CreatedAt);
    }
}

/// <summary>The address to invite and the role to assign.</summary>
public sealed record InviteMemberInput
{
    public required string Email { get; init; }

    public required Role Role { get; init; }
}

public sealed class InviteMemberInputGraphType : InputObjectGraphType<InviteMemberInput>
{
    public InviteMemberInputGraphType()
    {
        Name = "InviteMemberInput";
        Description = "A user to invite.";
        this.Add<NonNullGraphType<StringGraphType>>("email", "The email address to send the invitation to.")
            .HasFormat(TextFormats.Email);
        this.Add<NonNullGraphType<WireEnumGraphType<Role>>>("role", "The role to offer: any except `OWNER`.");
    }
}
