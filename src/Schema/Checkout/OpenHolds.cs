using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Execution;

namespace Equaticket.Schema.Checkout;

/// <summary>Prevents one buyer from holding all tickets of an event.</summary>
internal static class OpenHolds
{
    private const int Max = 3;

    private const string Lock = "SELECT pg_advisory_xact_lock($1)";

    private const string Count =
        """
        SELECT count(*) FROM orders
        WHERE organization_id = $1 AND livemode = $2 AND event_id = $3 AND buyer_email_key = $4
            AND hold_expires_at > $5
        """;

    /// <remarks>
    /// Checkouts with the same email address run one at a time. At most the event is protected from removal before
    /// this, so a checkout that waits here does not block others.
    /// </remarks>
    /// <exception cref="ApiError">The email address already has the maximum number of open checkouts.</exception>
    public static async Task RequireFewAsync(
        OperationContext operation, Purchase purchase, CancellationToken cancellationToken)
    {
        var ((organizationId, livemode), now) = (operation.Tenant, operation.Stamps.Now());
        var (eventId, email) = (purchase.Cart.Event.Id, EmailKeys.Of(purchase.BuyerEmail));
        await using var batch = new StatementBatch(operation.Database);
        batch.Add(Lock, LockId(eventId, email));
        batch.Add(Count, organizationId, livemode, eventId, email, now);
        await using var results = await batch.ReadAsync(cancellationToken);
        await results.NextResultAsync(cancellationToken);
        await results.ReadAsync(cancellationToken);
        if (results.GetInt64(0) >= Max)
        {
            throw ApiError.Unprocessable(
                $"This email address already has {Max} open checkouts. Complete or cancel one.", "buyerEmail");
        }
    }

    private static long LockId(Guid eventId, string email) => BinaryPrimitives.ReadInt64LittleEndian(
        SHA256.HashData(Encoding.UTF8.GetBytes($"holds/{eventId}/{email}")));
}
