using System.ComponentModel;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Paging;
using Equaticket.Persistence.Team;
using Equaticket.Schema.ApiKeys;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Reading;
using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema;

public partial class Query
{
    [RequiresRole(Role.Admin), Paged]
    [OutputType<NonNullGraphType<ConnectionGraphType<ApiKeyGraphType, ApiKeyRow>>>]
    [Description("List API keys. Returns the keys of both modes, including revoked and expired ones, "
        + "newest first.")]
    public static async Task<Connection<ApiKeyRow>> ApiKeys(
        [FromPageArguments] PageRequest page,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken)
    {
        var keys = operation.Database.ApiKeys;
        var rows = await keys.Page(page).ToListAsync(cancellationToken);
        return rows.ConvertAll(key => new ApiKeyRow(key)).ToConnection(page, async token => await keys.CountAsync(token));
    }
}
