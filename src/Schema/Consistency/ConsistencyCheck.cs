using System.Data;
using System.Runtime.CompilerServices;
using Equaticket.Persistence;
using Equaticket.Persistence.Spelling;
using Equaticket.Schema.Organizations;
using Npgsql;

namespace Equaticket.Schema.Consistency;

/// <summary>
/// Recomputes derived data and compares it with the stored values. Each organization is read in one snapshot, so
/// that a concurrent sale is seen completely or not at all. Differences are streamed, and nothing is locked.
/// </summary>
public sealed class ConsistencyCheck(NpgsqlDataSource database)
{
    private static readonly ConsistencyRule[] Rules = [.. StockRules.All, .. OrderRules.All];

    /// <summary>Lists the organizations, ordered by slug.</summary>
    public async Task<IReadOnlyList<CheckedOrganization>> OrganizationsAsync(
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "SELECT id, slug FROM organizations ORDER BY slug");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var organizations = new List<CheckedOrganization>();
        while (await rows.ReadAsync(cancellationToken))
            organizations.Add(new CheckedOrganization(rows.GetGuid(0), rows.GetString(1)));
        return organizations;
    }

    public async IAsyncEnumerable<Difference> RunAsync(
        CheckedOrganization organization,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(
            IsolationLevel.RepeatableRead, cancellationToken);
        await using (var unbound = new NpgsqlCommand(HostConnection.Unbound, connection))
            await unbound.ExecuteNonQueryAsync(cancellationToken);
        foreach (var rule in Rules)
        {
            await using var command = new NpgsqlCommand(rule.Differences, connection)
            {
                CommandTimeout = 0,
                Parameters = { new NpgsqlParameter { Value = organization.Id } },
            };
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
                yield return Read(organization, rule, rows);
        }
    }

    private static Difference Read(
        CheckedOrganization organization, ConsistencyRule rule, NpgsqlDataReader row) => new(
            organization.Slug,
            WireNames<Mode>.Of(row.GetBoolean(0) ? Mode.Live : Mode.Test),
            rule.Kind,
            row.GetGuid(1),
            row.GetString(2),
            row.GetString(3),
            rule.Message);
}

/// <summary>An organization to check.</summary>
public sealed record CheckedOrganization(Guid Id, string Slug);
