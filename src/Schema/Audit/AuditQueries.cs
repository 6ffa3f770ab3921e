using System.ComponentModel;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Paging;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Audit;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Reading;
using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema;

public partial class Query
{
    [RequiresRole(Role.Admin), Paged]
    [OutputType<NonNullGraphType<ConnectionGraphType<AuditEntryGraphType, AuditRow>>>]
    [Description("List the audit log. Returns the security-relevant actions in your organization, newest first.")]
    public static async Task<Connection<AuditRow>> AuditLog(
        [InputType<AuditFilterGraphType>, Description("Which entries to return.")]
        AuditFilter? filter,
        [FromPageArguments] PageRequest page,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken)
    {
        var entries = (filter ?? new AuditFilter()).Apply(operation.Database.AuditLog);
        var rows = await AuditRow.OfAsync(
            operation.Database, await entries.Page(page).ToListAsync(cancellationToken), cancellationToken);
        return rows.ToConnection(page, async token => await entries.CountAsync(token));
    }
}
