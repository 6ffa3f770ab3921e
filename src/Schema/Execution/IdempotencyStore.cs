using System.Buffers.Binary;
using System.Security.Cryptography;
using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Idempotency;
using Equaticket.Persistence.Tenancy;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Execution;

/// <summary>
/// Claims idempotency keys and keeps the answers, in the transaction of the effect. A twin that runs
/// at the same moment is found by a lock of the database, so it is found on every host.
/// </summary>
public sealed class IdempotencyStore(IDataProtectionProvider protection, RowStamps stamps)
{
    /// <summary>How long an answer is kept (guide, "Idempotency").</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>The subject of an answer with lists of resources, which are searched one by one.</summary>
    internal static readonly Guid ManySubjects = Guid.AllBitsSet;

    /// <summary>How long a write that calls somebody outside is taken for alive.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly IDataProtector _protector = protection.CreateProtector("idempotency.v1");

    /// <summary>
    /// The first statements of the transaction: take the key, without waiting for a twin, and look
    /// for an answer.
    /// </summary>
    /// <param name="database">In the transaction.</param>
    /// <param name="claim">The key.</param>
    /// <param name="isOurs">Whether the lease of a step that has committed is the caller's own.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <returns>What is known of the write; null when it is new.</returns>
    /// <exception cref="ApiError">
    /// The first request still runs, or the key was used for something else.
    /// </exception>
    public async Task<KnownWrite?> ClaimAsync(
        EquaticketDbContext database,
        WriteClaim claim,
        bool isOurs,
        CancellationToken cancellationToken)
    {
        var lockId = LockId(database.Tenant!.Value, claim);
        var isLocked = await database.Database
            .SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock({lockId}) AS \"Value\"")
            .SingleAsync(cancellationToken);
        if (!isLocked)
            throw ApiError.StillRunning();
        var now = stamps.Now();
        var record = await database.IdempotencyRecords.SingleOrDefaultAsync(
            r => r.KeyHash == claim.KeyHash && r.ExpiresAt > now, cancellationToken);
        if (record is null)
            return null;
        if (!record.RequestHash.AsSpan().SequenceEqual(claim.RequestHash))
        {
            throw ApiError.Unprocessable(
                "This key was already used with other parameters. Use a new key for a new request.",
                WriteClaim.Header);
        }

        return record.Body is null && record.LeaseExpiresAt > now && !isOurs
            ? throw ApiError.StillRunning()
            : new KnownWrite(Replay(record), record.SubjectId);
    }

    /// <summary>Keeps the answer. Replaces one that has expired.</summary>
    /// <param name="database">In the transaction of the effect.</param>
    /// <param name="claim">The key.</param>
    /// <param name="answer">What a retry will get.</param>
    /// <param name="subject">What the answer tells of.</param>
    /// <param name="cancellationToken">None: what was done is kept.</param>
    public Task KeepAsync(
        EquaticketDbContext database,
        WriteClaim claim,
        Answer answer,
        Guid? subject,
        CancellationToken cancellationToken) =>
        WriteAsync(
            database,
            claim,
            new Progress(answer, _protector.Protect(answer.Body.ToArray()), subject, null),
            cancellationToken);

    /// <summary>Notes that a write has made something and is now calling somebody outside.</summary>
    public Task LeaseAsync(
        EquaticketDbContext database,
        WriteClaim claim,
        Guid subject,
        CancellationToken cancellationToken) =>
        WriteAsync(
            database, claim, new Progress(null, null, subject, stamps.Now() + Lease),
            cancellationToken);

    /// <summary>Lets a retry go on at once.</summary>
    public static Task ReleaseAsync(
        EquaticketDbContext database, WriteClaim claim, CancellationToken cancellationToken) =>
        database.IdempotencyRecords.Where(r => r.KeyHash == claim.KeyHash && r.Body == null)
            .ExecuteUpdateAsync(
                record => record.SetProperty(r => r.LeaseExpiresAt, (DateTimeOffset?)null),
                cancellationToken);

    /// <summary>Changes stored answers about these, such as orders, and those that hold lists.</summary>
    /// <param name="database">In a transaction.</param>
    /// <param name="subjects">What the answers tell of.</param>
    /// <param name="rewrite">Gets an answer and its subject; returns the same bytes to leave it.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <returns>How many tell of the subjects, and how many others were changed.</returns>
    public async Task<int> RewriteAsync(
        EquaticketDbContext database,
        Guid[] subjects,
        Func<byte[], Guid?, byte[]> rewrite,
        CancellationToken cancellationToken)
    {
        var count = 0;
        var records = await database.IdempotencyRecords
            .Where(r => r.Body != null
                && (r.SubjectId == ManySubjects || subjects.Contains(r.SubjectId!.Value)))
            .Select(r => new { r.KeyHash, r.Body, r.SubjectId }).ToListAsync(cancellationToken);
        foreach (var record in records)
        {
            var body = _protector.Unprotect(record.Body!);
            var rewritten = rewrite(body, record.SubjectId);
            count += record.SubjectId == ManySubjects && rewritten == body ? 0 : 1;
            if (rewritten == body)
                continue;
            var stored = _protector.Protect(rewritten);
            await database.IdempotencyRecords.Where(r => r.KeyHash == record.KeyHash)
                .ExecuteUpdateAsync(r => r.SetProperty(row => row.Body, stored), cancellationToken);
        }

        return count;
    }

    private async Task WriteAsync(
        EquaticketDbContext database,
        WriteClaim claim,
        Progress progress,
        CancellationToken cancellationToken)
    {
        var (tenant, now) = (database.Tenant!.Value, stamps.Now());
        var (answer, expires) = (progress.Answer, now + Lifetime);
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO idempotency_records (organization_id, livemode, key_hash, request_hash,
                status, content_type, location, e_tag, body, subject_id, lease_expires_at,
                created_at, expires_at)
            VALUES ({tenant.OrganizationId}, {tenant.Livemode}, {claim.KeyHash},
                {claim.RequestHash}, {answer?.Status}, {answer?.ContentType}, {answer?.Location},
                {answer?.ETag}, {progress.Body}, {progress.Subject}, {progress.LeaseExpiresAt},
                {now}, {expires})
            ON CONFLICT (organization_id, livemode, key_hash) DO UPDATE SET
                request_hash = excluded.request_hash, status = excluded.status,
                content_type = excluded.content_type, location = excluded.location,
                e_tag = excluded.e_tag, body = excluded.body, subject_id = excluded.subject_id,
                lease_expires_at = excluded.lease_expires_at,
                created_at = excluded.created_at, expires_at = excluded.expires_at
            """,
            cancellationToken);
    }

    private Answer? Replay(IdempotencyRecord record) => record.Body is null
        ? null
        : new(record.Status!.Value, record.ContentType, _protector.Unprotect(record.Body))
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

    private sealed record Progress(
        Answer? Answer, byte[]? Body, Guid? Subject, DateTimeOffset? LeaseExpiresAt);
}

/// <summary>What is known of a write that was sent before.</summary>
/// <param name="Answer">Its answer; null when it ended half-way.</param>
/// <param name="Subject">What its first step made.</param>
public sealed record KnownWrite(Answer? Answer, Guid? Subject);
