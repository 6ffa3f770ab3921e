using System.ComponentModel;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Input;
using Equaticket.Engine.Paging;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;
using Equaticket.Schema.ApiKeys;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Query
{
    [RequiresRole(Role.Admin), Paged]
    [OutputType<NonNullGraphType<ConnectionGraphType<ApiKeyGraphType, ApiKeyRow>>>]
    [Description("List API keys. Returns the keys of both modes, including revoked and expired ones, "
        + "newest first.")]
    public static Task<Connection<ApiKeyRow>> ApiKeys(
        [InputRange(1, 365), Description("Only active keys that expire within this number of days.")]
        int? expiringWithinDays,
        [FromPageArguments] PageRequest page,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken)
    {
        IQueryable<ApiKey> keys = operation.Database.ApiKeys;
        if (expiringWithinDays is { } days)
        {
            var now = operation.Stamps.Now();
            var end = now.AddDays(days);
            keys = keys.Where(key => key.RevokedAt == null && key.ExpiresAt > now && key.ExpiresAt <= end);
        }

        return ApiKeyLoaders.Rows.PageAsync(operation, new(keys), page, cancellationToken);
    }
}
