using System.ComponentModel;
using Equaticket.Engine.Cost;
using Equaticket.Engine.Execution;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Team;
using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema;

public partial class Query
{
    private const int MaxTeam = 1_000;

    [RequiresRole(Role.Admin), Costs(100)]
    [OutputType<NonNullGraphType<ListGraphType<NonNullGraphType<TeamMemberGraphType>>>>]
    [Description("List the members of your organization. Returns at most 1,000, the owner first.")]
    public static async Task<List<TeamMemberRow>> TeamMembers(
        [FromOperation] OperationContext operation, CancellationToken cancellationToken)
    {
        var members = await TeamMemberRow.All(operation).Take(MaxTeam).ToListAsync(cancellationToken);
        return [.. members.OrderBy(member => member.Role).ThenBy(member => member.Email, StringComparer.Ordinal)];
    }

    [RequiresRole(Role.Admin), OutputType<TeamMemberGraphType>]
    [Description("Get a member of your organization. An unknown ID is `not_found`.")]
    public static Task<TeamMemberRow> TeamMember(
        [Id, Description("The ID of the member.")] Guid id,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken) =>
        MemberChange.GetAsync(operation, id, cancellationToken);

    [RequiresRole(Role.Admin), Costs(100)]
    [OutputType<NonNullGraphType<ListGraphType<NonNullGraphType<InvitationGraphType>>>>]
    [Description("List invitations. Returns those that have neither been accepted nor expired, newest first, at "
        + "most 1,000.")]
    public static Task<List<InvitationRow>> Invitations(
        [FromOperation] OperationContext operation, CancellationToken cancellationToken) =>
        InvitationRow.All(operation).Take(MaxTeam).ToListAsync(cancellationToken);
}
