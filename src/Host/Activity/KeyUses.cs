using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Spelling;
using Npgsql;

namespace Equaticket.Host.Activity;

/// <summary>Records when, from where, and with which scopes keys are used.</summary>
internal static class KeyUses
{
    private const string Use =
        """
        INSERT INTO api_key_uses (organization_id, api_key_id, last_used_at, address, user_agent)
        SELECT * FROM unnest(@organizations, @keys, @times, @addresses, @agents)
        ON CONFLICT (organization_id, api_key_id) DO UPDATE
            SET last_used_at = excluded.last_used_at, address = excluded.address,
                user_agent = excluded.user_agent
            WHERE excluded.last_used_at >= api_key_uses.last_used_at
        """;

    private const string ScopeUse =
        """
        INSERT INTO api_key_scope_uses (organization_id, api_key_id, scope, day, requests, last_used_at)
        SELECT * FROM unnest(@organizations, @keys, @scopes, @days, @counts, @times)
        ON CONFLICT (organization_id, api_key_id, scope, day) DO UPDATE
            SET requests = api_key_scope_uses.requests + excluded.requests,
                last_used_at = greatest(api_key_scope_uses.last_used_at, excluded.last_used_at)
        """;

    /// <remarks>
    /// A rejected key does not count as used. Rows are always written in the same order, so that hosts that write
    /// concurrently never deadlock.
    /// </remarks>
    public static async Task MarkAsync(NpgsqlConnection connection, IEnumerable<LoggedRequest> batch)
    {
        var used = batch.Where(entry => entry.Request.Status != StatusCodes.Status401Unauthorized).ToList();
        await MarkKeysAsync(connection, used);
        await MarkScopesAsync(connection, used);
    }

    private static async Task MarkKeysAsync(NpgsqlConnection connection, List<LoggedRequest> used)
    {
        var keys = used.Select(entry => entry.Request)
            .GroupBy(request => (request.OrganizationId, request.ApiKeyId))
            .OrderBy(group => group.Key)
            .Select(group => group.MaxBy(request => request.CreatedAt)!).ToList();
        await using var command = new NpgsqlCommand(Use, connection);
        command.Parameters.AddWithValue("organizations", keys.Select(key => key.OrganizationId).ToArray());
        command.Parameters.AddWithValue("keys", keys.Select(key => key.ApiKeyId).ToArray());
        command.Parameters.AddWithValue("times", keys.Select(key => key.CreatedAt).ToArray());
        command.Parameters.AddWithValue("addresses", keys.Select(key => key.Address).ToArray());
        command.Parameters.AddWithValue("agents", keys.Select(key => key.UserAgent).ToArray());
        await command.ExecuteNonQueryAsync();
    }

    private static async Task MarkScopesAsync(NpgsqlConnection connection, List<LoggedRequest> used)
    {
        var uses = used
            .SelectMany(entry => entry.Scopes.Select(scope => (entry.Request, Scope: scope)))
            .GroupBy(use => (
                use.Request.OrganizationId,
                use.Request.ApiKeyId,
                use.Scope,
                Day: DateOnly.FromDateTime(use.Request.CreatedAt.UtcDateTime)))
            .OrderBy(group => group.Key).ToList();
        if (uses.Count == 0)
            return;
        await using var command = new NpgsqlCommand(ScopeUse, connection);
        command.Parameters.AddWithValue("organizations", uses.Select(use => use.Key.OrganizationId).ToArray());
        command.Parameters.AddWithValue("keys", uses.Select(use => use.Key.ApiKeyId).ToArray());
        command.Parameters.AddWithValue("scopes", uses.Select(use => WireNames<Scope>.Of(use.Key.Scope)).ToArray());
        command.Parameters.AddWithValue("days", uses.Select(use => use.Key.Day).ToArray());
        command.Parameters.AddWithValue("counts", uses.Select(use => (long)use.Count()).ToArray());
        command.Parameters.AddWithValue("times", uses.Select(use => use.Max(u => u.Request.CreatedAt)).ToArray());
        await command.ExecuteNonQueryAsync();
    }
}
