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

/// <summary>An invariant of the rows of one organization.</summary>
/// <param name="Kind">The rule's name in the report.</param>
/// <param name="Message">The rule, as a sentence.</param>
/// <param name="Rows">
/// A query that returns one row for each stored value: <c>livemode</c>, <c>id</c>, <c>expected</c> and
/// <c>actual</c>. <c>$1</c> is the organization id.
/// </param>
internal sealed record ConsistencyRule(string Kind, string Message, string Rows)
{
    /// <summary>A query for only the rows that differ; a missing value counts as different.</summary>
    public string Differences =>
        $"""
        SELECT livemode, id, coalesce(expected::text, ''), coalesce(actual::text, '')
        FROM ({Rows}) AS compared WHERE expected IS DISTINCT FROM actual ORDER BY livemode, id
        """;
}

/// <summary>A stored value that does not match the rows it is derived from.</summary>
/// <param name="Organization">The slug of the organization.</param>
/// <param name="Mode"><c>live</c> or <c>test</c>.</param>
/// <param name="Kind">The violated rule, such as <c>quantity_sold</c>.</param>
/// <param name="Id">The row that contains the value.</param>
/// <param name="Expected">The value derived from the other rows.</param>
/// <param name="Actual">The stored value.</param>
/// <param name="Message">The rule, as a sentence.</param>
public sealed record Difference(
    string Organization,
    string Mode,
    string Kind,
    Guid Id,
    string Expected,
    string Actual,
    string Message);
