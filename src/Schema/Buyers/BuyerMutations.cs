using System.ComponentModel;
using Equaticket.Engine.Input;
using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Audit;
using Equaticket.Schema.Buyers;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Mutation
{
    [RequiresRole(Role.Admin), OutputType<NonNullGraphType<RedactedBuyerType>>]
    [Description("Clears name and address of a buyer wherever they are stored, for good: on orders and "
        + "tickets, in events that webhooks tell of, in answers kept for retries. What endpoints answered "
        + "when they were told of these orders is cleared too. Orders, amounts and "
        + "ticket codes stay. E-mails that were not sent yet are dropped.")]
    public static async Task<RedactedBuyer> RedactBuyer(
        [InputLength(1, 254), Description("The buyer's address, letter case aside.")]
        string email,
        [FromUserContext] OperationContext operation,
        [FromServices] BuyerRedaction redaction,
        CancellationToken cancellationToken)
    {
        var redacted = await redaction.RunAsync(operation, email, cancellationToken);
        AuditLog.Record(
            operation.Database, operation.Stamps, operation.Caller,
            AuditAction.BuyerRedacted, operation.Tenant.OrganizationId);
        await operation.Database.SaveChangesAsync(cancellationToken);
        return redacted;
    }
}
