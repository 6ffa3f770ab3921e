using Equaticket.Engine.Fields;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Execution;
using GraphQL.Types;

namespace Equaticket.Schema.Team;

/// <summary>A member of an organization.</summary>
public sealed record TeamMemberRow
{
    public required Guid Id { get; init; }

    public required string Email { get; init; }

    public required Role Role { get; init; }

    public required bool HasSecondFactor { get; init; }

    public required bool IsYou { get; init; }

    public required DateTimeOffset JoinedAt { get; init; }

    /// <summary>The members of the caller's organization.</summary>
    internal static IQueryable<TeamMemberRow> All(OperationContext operation)
    {
        var (database, you) = (operation.Database, operation.Caller.UserId);
        return database.Memberships.Join(
            database.Users,
            membership => membership.UserId,
            user => user.Id,
            (membership, user) => new TeamMemberRow
            {
                Id = user.Id,
                Email = user.Email,
                Role = membership.Role,
                HasSecondFactor = user.TotpEnabledAt != null
                    || database.Passkeys.Any(passkey => passkey.UserId == user.Id),
                IsYou = user.Id == you,
                JoinedAt = membership.CreatedAt,
            });
    }
}

public sealed class TeamMemberGraphType : ObjectGraphType<TeamMemberRow>
{
    public TeamMemberGraphType()
    {
        Name = "TeamMember";
        Description = "A user who can sign in to your organization's dashboard.";
        this.Leaf("id", "The unique identifier of the user.", member => member.Id);
        this.Leaf("email", "The email address that the user signs in with.", member => member.Email);
        this.Leaf("role", "The user's role in your organization.", member => member.Role);
        this.Leaf("hasSecondFactor", "Whether the user has set up a passkey or an authenticator app.",
            member => member.HasSecondFactor);
        this.Leaf("isYou", "Whether this is the caller.", member => member.IsYou);
        this.Leaf("joinedAt", "When the user became a member.", member => member.JoinedAt);
    }
}
