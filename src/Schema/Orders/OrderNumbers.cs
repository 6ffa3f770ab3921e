using System.Globalization;
using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;

namespace Equaticket.Schema.Orders;

/// <summary>
/// Assigns order numbers outside the order's transaction, so that sales don't wait for each other. If an order fails,
/// its number is not reused.
/// </summary>
public sealed class OrderNumbers(CounterDatabase database)
{
    public const long First = 1001;

    private const string Prefix = "EQ-";

    /// <remarks>
    /// The counter does not have to reach the disk before the order does: what flushes the order flushes it as well,
    /// and the buyer gets no response before that.
    /// </remarks>
    private const string Advance =
        """
        WITH setting AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
        INSERT INTO order_counters AS counter (organization_id, livemode, last)
        SELECT $1, $2, $3 FROM setting
        ON CONFLICT (organization_id, livemode) DO UPDATE SET last = counter.last + 1
        RETURNING last
        """;

    public Task<long> NextAsync(TenantScope tenant, CancellationToken cancellationToken) => database.RunAsync(
        Advance,
        [tenant.OrganizationId, tenant.Livemode, First],
        async command => (long)(await command.ExecuteScalarAsync(cancellationToken))!);

    /// <returns>The number in display format: <c>EQ-1001</c>.</returns>
    public static string Format(long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number}");

    /// <param name="text">A number in display format, in upper or lower case.</param>
    /// <returns>The number; for invalid text, a number that no order has.</returns>
    public static long Read(string text) =>
        text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        && long.TryParse(
            text.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && Format(number).Length == text.Length
            ? number
            : 0;
}
