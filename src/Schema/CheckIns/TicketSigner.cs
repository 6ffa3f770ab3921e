using System.Collections.Concurrent;
using System.Security.Cryptography;
using Equaticket.Persistence;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.CheckIns;
using Equaticket.Persistence.Tenancy;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.CheckIns;

/// <summary>
/// Signs the QR texts of tickets, and tells which were signed here. Each organization has one key for
/// each mode, made when it is first asked for; the private half never leaves this class unencrypted.
/// </summary>
public sealed class TicketSigner(
    TenantContexts contexts, IDataProtectionProvider protection, RowStamps stamps)
{
    private const int MaxKnown = 10_000;

    private readonly IDataProtector _protector = protection.CreateProtector("check-in-keys.v1");
    private readonly ConcurrentDictionary<TenantScope, SigningKey> _known = new();

    /// <returns>The text of the ticket's QR code; null for a ticket that lets nobody in.</returns>
    public async ValueTask<string?> QrTextAsync(
        Attendee ticket, CancellationToken cancellationToken)
    {
        if (ticket.Status != AttendeeStatus.Valid)
            return null;
        var key = await KeyAsync(
            new TenantScope(ticket.OrganizationId, ticket.Livemode), cancellationToken);
        return key.Sign(ticket.EventId, ticket.Id);
    }

    /// <returns>What the text says, or null when the tenant's key has not signed it.</returns>
    internal async ValueTask<QrText?> ReadAsync(
        TenantScope tenant, string text, CancellationToken cancellationToken) =>
        QrText.Read(text) is var (said, signature)
        && (await KeyAsync(tenant, cancellationToken)).HasSigned(said, signature)
            ? said
            : null;

    /// <summary>The stored key, which is made if there is none.</summary>
    /// <remarks>
    /// Outside the transaction of whoever asks: a key that a text was signed with must stay, and of
    /// two hosts that make the first one the later takes the earlier one's.
    /// </remarks>
    internal async Task<CheckInKey> StoredKeyAsync(
        TenantScope tenant, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(tenant);
        if (await database.CheckInKeys.SingleOrDefaultAsync(cancellationToken) is { } stored)
            return stored;
        await MakeAsync(database, tenant, cancellationToken);
        return await database.CheckInKeys.SingleAsync(cancellationToken);
    }

    private async Task MakeAsync(
        EquaticketDbContext database, TenantScope tenant, CancellationToken cancellationToken)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (stamp, publicKey) = (stamps.Next(), key.ExportSubjectPublicKeyInfo());
        var privateKey = _protector.Protect(key.ExportPkcs8PrivateKey());
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO check_in_keys
                (organization_id, livemode, id, public_key, private_key, created_at)
            VALUES ({tenant.OrganizationId}, {tenant.Livemode}, {stamp.Id}, {publicKey},
                {privateKey}, {stamp.CreatedAt})
            ON CONFLICT (organization_id, livemode) DO NOTHING
            """,
            cancellationToken);
    }

    private async ValueTask<SigningKey> KeyAsync(
        TenantScope tenant, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(tenant, out var known))
            return known;
        var stored = await StoredKeyAsync(tenant, cancellationToken);
        if (_known.Count >= MaxKnown)
            _known.Clear();
        return _known.GetOrAdd(
            tenant, _ => new SigningKey(stored.Id, _protector.Unprotect(stored.PrivateKey)));
    }
}
