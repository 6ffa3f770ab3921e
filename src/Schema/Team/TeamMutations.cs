using System.ComponentModel;
using Equaticket.Engine.Execution;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Team;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Mutation
{
    [RequiresRole(Role.Admin), OutputType<NonNullGraphType<InvitationGraphType>>]
    [Description("Invite a user to your organization. Sends an email with a link that works once, within 7 "
        + "days. Inviting the same address again replaces the earlier invitation, whose link stops working. "
        + "Returns `conflict` if the address belongs to a member, and `unprocessable` after 100 invitations in "
        + "24 hours.")]
    public static Task<InvitationRow> InviteMember(
        [InputType<NonNullGraphType<InviteMemberInputGraphType>>, Description("The user to invite.")]
        InviteMemberInput input,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken) =>
        InvitationChange.SendAsync(operation, input, cancellationToken);

    [RequiresRole(Role.Admin), OutputType<NonNullGraphType<InvitationGraphType>>]
    [Description("Cancel an invitation. Its link stops working.")]
    public static Task<InvitationRow> CancelInvitation(
        [Id, Description("The ID of the invitation.")] Guid id,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken) =>
        InvitationChange.CancelAsync(operation, id, cancellationToken);

    [RequiresRole(Role.Admin), OutputType<NonNullGraphType<TeamMemberGraphType>>]
    [Description("Change a member's role. Takes effect at the member's next request. The owner's role and your "
        + "own can't be changed (`conflict`). To make a member the owner, use `transferOwnership`.")]
    public static Task<TeamMemberRow> ChangeMemberRole(
        [Id, Description("The ID of the member.")] Guid id,
        [InputType<NonNullGraphType<WireEnumGraphType<Role>>>, Description("The new role: any except `OWNER`.")]
        Role role,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken) =>
        MemberChange.SetRoleAsync(operation, id, role, cancellationToken);

    [RequiresRole(Role.Admin), OutputType<NonNullGraphType<TeamMemberGraphType>>]
    [Description("Remove a member. Takes effect at the member's next request. You can't remove the owner or yourself "
        + "(`conflict`). API keys that the member created keep working.")]
    public static Task<TeamMemberRow> RemoveMember(
        [Id, Description("The ID of the member.")] Guid id,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken) =>
        MemberChange.RemoveAsync(operation, id, cancellationToken);

    [RequiresRole(Role.Owner), OutputType<NonNullGraphType<TeamMemberGraphType>>]
    [Description("Make another member the owner. You become an admin.")]
    public static Task<TeamMemberRow> TransferOwnership(
        [Id, Description("The ID of the member.")] Guid id,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken) =>
        MemberChange.TransferAsync(operation, id, cancellationToken);
}
