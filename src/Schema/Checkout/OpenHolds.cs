using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Equaticket.Engine.Errors;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Checkout;

/// <summary>Prevents one buyer from holding all tickets of an event.</summary>
internal static class OpenHolds
{
    private const int Max = 3;

    /// <remarks>
    /// Checkouts with the same email address run one at a time. Only the event is locked before this, so a checkout
    /// that waits here does not block others.
    /// </remarks>
    /// <exception cref="ApiError">The email address already has the maximum number of open checkouts.</exception>
    public static async Task RequireFewAsync(
        OperationContext operation, Purchase purchase, CancellationToken cancellationToken)
    {
        var (database, now) = (operation.Database, operation.Stamps.Now());
        var (eventId, email) = (purchase.Cart.Event.Id, EmailKeys.Of(purchase.BuyerEmail));
        var lockId = LockId(eventId, email);
        await database.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock({lockId})", cancellationToken);
        if (await database.Orders.CountAsync(
            order => order.EventId == eventId && order.BuyerEmailKey == email
                && order.HoldExpiresAt > now,
            cancellationToken) >= Max)
        {
            throw ApiError.Unprocessable(
                $"This email address already has {Max} open checkouts. Complete or cancel one.", "buyerEmail");
        }
    }

    private static long LockId(Guid eventId, string email) => BinaryPrimitives.ReadInt64LittleEndian(
        SHA256.HashData(Encoding.UTF8.GetBytes($"holds/{eventId}/{email}")));
}
