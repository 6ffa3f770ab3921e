using System.Collections.Concurrent;
using System.Security.Cryptography;
using Equaticket.Persistence;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.CheckIns;
using Equaticket.Persistence.Tenancy;
using Microsoft.AspNetCore.DataProtection;

namespace Equaticket.Schema.CheckIns;

/// <summary>
/// Signs and verifies the QR texts of tickets. Each organization has one key per mode, created on first use. The
/// private key never leaves this class unencrypted.
/// </summary>
public sealed class TicketSigner(
    CounterDatabase database, IDataProtectionProvider protection, RowStamps stamps)
{
    private const int MaxKnown = 10_000;

    private const string Find =
        """
        SELECT id, public_key, private_key, created_at FROM check_in_keys
        WHERE organization_id = $1 AND livemode = $2
        """;

    private const string Make =
        """
        INSERT INTO check_in_keys
            (organization_id, livemode, id, public_key, private_key, created_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (organization_id, livemode) DO NOTHING
        """;

    private readonly IDataProtector _protector = protection.CreateProtector("check-in-keys.v1");
    private readonly ConcurrentDictionary<TenantScope, SigningKey> _known = new();

    /// <returns>The text of the ticket's QR code; null if the ticket is not valid.</returns>
    public async ValueTask<string?> QrTextAsync(
        Attendee ticket, CancellationToken cancellationToken)
    {
        if (ticket.Status != AttendeeStatus.Valid)
            return null;
        var key = await KeyAsync(
            new TenantScope(ticket.OrganizationId, ticket.Livemode), cancellationToken);
        return key.Sign(ticket.EventId, ticket.Id);
    }

    /// <returns>The content of the text, or null if the tenant's key did not sign it.</returns>
    internal async ValueTask<QrText?> ReadAsync(
        TenantScope tenant, string text, CancellationToken cancellationToken) =>
        QrText.Read(text) is var (said, signature)
        && (await KeyAsync(tenant, cancellationToken)).HasSigned(said, signature)
            ? said
            : null;

    /// <summary>Gets the stored key, or creates it if there is none.</summary>
    /// <remarks>
    /// Runs outside the caller's transaction, because a key that has signed a text must not be rolled back. If two
    /// hosts create the first key, the later one uses the earlier one's.
    /// </remarks>
    internal async Task<CheckInKey> StoredKeyAsync(
        TenantScope tenant, CancellationToken cancellationToken)
    {
        if (await FindAsync(tenant, cancellationToken) is { } stored)
            return stored;
        await MakeAsync(tenant, cancellationToken);
        return (await FindAsync(tenant, cancellationToken))!;
    }

    private Task<CheckInKey?> FindAsync(TenantScope tenant, CancellationToken cancellationToken) =>
        database.RunAsync(Find, [tenant.OrganizationId, tenant.Livemode], async command =>
        {
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            return await rows.ReadAsync(cancellationToken)
                ? new CheckInKey
                {
                    Id = rows.GetGuid(0),
                    OrganizationId = tenant.OrganizationId,
                    Livemode = tenant.Livemode,
                    PublicKey = rows.GetFieldValue<byte[]>(1),
                    PrivateKey = rows.GetFieldValue<byte[]>(2),
                    CreatedAt = rows.GetFieldValue<DateTimeOffset>(3),
                }
                : null;
        });

    private async Task MakeAsync(TenantScope tenant, CancellationToken cancellationToken)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var stamp = stamps.Next();
        await database.RunAsync(
            Make,
            [
                tenant.OrganizationId, tenant.Livemode, stamp.Id,
                key.ExportSubjectPublicKeyInfo(), _protector.Protect(key.ExportPkcs8PrivateKey()), stamp.CreatedAt,
            ],
            command => command.ExecuteNonQueryAsync(cancellationToken));
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
