using System.Buffers.Binary;
using System.Security.Cryptography;
using Equaticket.Persistence;
using Equaticket.Persistence.Idempotency;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Errors;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Idempotency;

/// <summary>
/// Claims idempotency keys and keeps the answers, in the transaction of the effect. A twin that runs
/// at the same moment is found by a lock of the database, so it is found on every host.
/// </summary>
public sealed class IdempotencyStore(IDataProtectionProvider protection, RowStamps stamps)
{
    /// <summary>How long an answer is kept (guide, "Idempotency").</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly IDataProtector _protector = protection.CreateProtector("idempotency.v1");

    /// <summary>
    /// The first statements of the transaction: take the key, without waiting for a twin, and look
    /// for an answer.
    /// </summary>
    /// <returns>The stored answer, or null when the write is to be executed now.</returns>
    /// <exception cref="ApiError">
    /// The first request still runs, or the key was used for something else.
    /// </exception>
    public async Task<Answer?> ClaimAsync(
        EquaticketDbContext database, WriteClaim claim, CancellationToken cancellationToken)
    {
        var lockId = LockId(database.Tenant!.Value, claim);
        var isOurs = await database.Database
            .SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock({lockId}) AS \"Value\"")
            .SingleAsync(cancellationToken);
        if (!isOurs)
            throw ApiError.StillRunning();
        var now = stamps.Now();
        var record = await database.IdempotencyRecords.SingleOrDefaultAsync(
            r => r.KeyHash == claim.KeyHash && r.ExpiresAt > now, cancellationToken);
        if (record is null)
            return null;
        return record.RequestHash.AsSpan().SequenceEqual(claim.RequestHash)
            ? Replay(record)
            : throw ApiError.Unprocessable(
                "This key was used with other parameters. Use a new key for a new request.",
                WriteClaim.Header);
    }

    /// <summary>Keeps the answer. Replaces one that has expired.</summary>
    public async Task KeepAsync(
        EquaticketDbContext database,
        WriteClaim claim,
        Answer answer,
        CancellationToken cancellationToken)
    {
        var (tenant, now) = (database.Tenant!.Value, stamps.Now());
        var (body, expires) = (_protector.Protect(answer.Body.ToArray()), now + Lifetime);
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO idempotency_records (organization_id, livemode, key_hash, request_hash,
                status, content_type, location, e_tag, body, created_at, expires_at)
            VALUES ({tenant.OrganizationId}, {tenant.Livemode}, {claim.KeyHash},
                {claim.RequestHash}, {answer.Status}, {answer.ContentType}, {answer.Location},
                {answer.ETag}, {body}, {now}, {expires})
            ON CONFLICT (organization_id, livemode, key_hash) DO UPDATE SET
                request_hash = excluded.request_hash, status = excluded.status,
                content_type = excluded.content_type, location = excluded.location,
                e_tag = excluded.e_tag, body = excluded.body,
                created_at = excluded.created_at, expires_at = excluded.expires_at
            """,
            cancellationToken);
    }

    private Answer Replay(IdempotencyRecord record) =>
        new(record.Status, record.ContentType, _protector.Unprotect(record.Body))
        {
            Location = record.Location,
            ETag = record.ETag,
            IsReplay = true,
        };

    private static long LockId(TenantScope tenant, WriteClaim claim)
    {
        Span<byte> owner = stackalloc byte[16 + 1 + 32];
        tenant.OrganizationId.TryWriteBytes(owner);
        owner[16] = tenant.Livemode ? (byte)1 : (byte)0;
        claim.KeyHash.CopyTo(owner[17..]);
        return BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(owner));
    }
}
