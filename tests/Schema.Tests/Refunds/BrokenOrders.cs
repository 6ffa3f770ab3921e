using Equaticket.Schema.Tests.Payments;

namespace Equaticket.Schema.Tests.Refunds;

/// <summary>Orders whose refunds the database always refuses.</summary>
internal static class BrokenOrders
{
    public static Task PrepareAsync(TestHost host) => host.ExecuteSqlAsync(
        """
        CREATE TABLE IF NOT EXISTS broken_orders (order_id uuid PRIMARY KEY);
        CREATE SEQUENCE IF NOT EXISTS broken_attempts;
        CREATE OR REPLACE FUNCTION refuse_broken() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM broken_orders WHERE order_id = NEW.order_id) THEN
                PERFORM nextval('broken_attempts');
                RAISE EXCEPTION 'This order is broken.';
            END IF;
            RETURN NEW;
        END $$;
        CREATE OR REPLACE TRIGGER refuse_broken BEFORE INSERT ON refunds
            FOR EACH ROW EXECUTE FUNCTION refuse_broken();
        ALTER SEQUENCE broken_attempts RESTART;
        TRUNCATE broken_orders;
        """);

    public static Task BreakAsync(this TestHost host, StripeSale order) => host.ExecuteSqlAsync(
        "INSERT INTO broken_orders VALUES ($1)", order.OrderId);

    public static Task RepairAsync(this TestHost host) => host.ExecuteSqlAsync("TRUNCATE broken_orders");

    /// <returns>The number of refund attempts for broken orders.</returns>
    public static async Task<long> BrokenAttemptsAsync(this TestHost host) =>
        (await host.QuerySqlAsync<long>(
            "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM broken_attempts"))[0];
}
