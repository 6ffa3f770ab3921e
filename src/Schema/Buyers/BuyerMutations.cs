using System.ComponentModel;
using Equaticket.Engine.Execution;
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
    [RequiresRole(Role.Admin), OutputType<NonNullGraphType<RedactedBuyerGraphType>>]
    [Description("Redact a buyer. Permanently clears the name and email address wherever they are stored: "
        + "on orders and tickets, in webhook events and the responses to them, and in responses stored for "
        + "retries. Orders, amounts, and ticket codes stay. Emails that are not sent yet are dropped.")]
    public static async Task<RedactedBuyer> RedactBuyer(
        [InputLength(1, 254), Description("The buyer's email address (case-insensitive).")]
        string email,
        [FromOperation] OperationContext operation,
        [FromServices] BuyerRedaction redaction,
        CancellationToken cancellationToken)
    {
        var redacted = await redaction.RunAsync(operation, email, cancellationToken);
        AuditLog.Record(operation, AuditAction.BuyerRedacted, operation.Tenant.OrganizationId);
        await operation.Database.SaveChangesAsync(cancellationToken);
        return redacted;
    }
}
