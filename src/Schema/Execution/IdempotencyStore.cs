using System.Buffers.Binary;
using System.Security.Cryptography;
using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Tenancy;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Npgsql;

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

    private const string Lock = "SELECT pg_try_advisory_xact_lock($1)";

    private const string Find =
        """
        SELECT request_hash, status, content_type, location, e_tag, body, subject_id, lease_expires_at
        FROM idempotency_records
        WHERE organization_id = $1 AND livemode = $2 AND key_hash = $3 AND expires_at > $4
        """;

    private const string Keep =
        """
        INSERT INTO idempotency_records (organization_id, livemode, key_hash, request_hash,
            status, content_type, location, e_tag, body, subject_id, lease_expires_at, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        ON CONFLICT (organization_id, livemode, key_hash) DO UPDATE SET
            request_hash = excluded.request_hash, status = excluded.status,
            content_type = excluded.content_type, location = excluded.location,
            e_tag = excluded.e_tag, body = excluded.body, subject_id = excluded.subject_id,
            lease_expires_at = excluded.lease_expires_at,
            created_at = excluded.created_at, expires_at = excluded.expires_at
        """;

    private readonly IDataProtector _protector = protection.CreateProtector("idempotency.v1");

    /// <summary>
    /// The first statements of the transaction: take the key, without waiting for a twin, and look
    /// for an answer.
    /// </summary>
    /// <param name="database">In the transaction.</param>
    /// <param name="claim">The key.</param>
    /// <param name="isOurs">Whether the lease of a step that has committed is the caller's own.</param>
    /// <param name="savepoint">Set in the same round trip, to undo all but the claim.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>What is known of the write; null when it is new.</returns>
    /// <exception cref="ApiError">
    /// The first request still runs, or the key was used for something else.
    /// </exception>
    public async Task<KnownWrite?> ClaimAsync(
        EquaticketDbContext database,
        WriteClaim claim,
        bool isOurs,
        string savepoint,
        CancellationToken cancellationToken)
    {
        var (tenant, now) = (database.Tenant!.Value, stamps.Now());
        await using var batch = new StatementBatch(database);
        batch.Add(Lock, LockId(tenant, claim));
        batch.Add(Find, tenant.OrganizationId, tenant.Livemode, claim.KeyHash, now);
        batch.Add($"SAVEPOINT {savepoint}");
        await using var results = await batch.ReadAsync(cancellationToken);
        await results.ReadAsync(cancellationToken);
        if (!results.GetBoolean(0))
            throw ApiError.StillRunning();
        await results.NextResultAsync(cancellationToken);
        if (!await results.ReadAsync(cancellationToken))
            return null;
        var (requestHash, answer, subject, lease) = Read(results);
        if (!requestHash.AsSpan().SequenceEqual(claim.RequestHash))
        {
            throw ApiError.Unprocessable(
                "This key was already used with other parameters. Use a new key for a new request.",
                WriteClaim.Header);
        }

        return answer is null && lease > now && !isOurs
            ? throw ApiError.StillRunning()
            : new KnownWrite(answer, subject);
    }

    /// <summary>Keeps the answer. Replaces one that has expired.</summary>
    /// <param name="batch">Sent in the transaction of the effect.</param>
    /// <param name="tenant">Whose key it is.</param>
    /// <param name="claim">The key.</param>
    /// <param name="answer">What a retry will get.</param>
    /// <param name="subject">What the answer tells of.</param>
    public void AddAnswer(
        StatementBatch batch, TenantScope tenant, WriteClaim claim, Answer answer, Guid? subject) =>
        Add(batch, tenant, claim, new Progress(answer, _protector.Protect(answer.Body.ToArray()), subject, null));

    /// <summary>Notes that a write has made something and is now calling somebody outside.</summary>
    public void AddLease(StatementBatch batch, TenantScope tenant, WriteClaim claim, Guid subject) =>
        Add(batch, tenant, claim, new Progress(null, null, subject, stamps.Now() + Lease));

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
    /// <param name="cancellationToken">Cancels the operation.</param>
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

    private void Add(StatementBatch batch, TenantScope tenant, WriteClaim claim, Progress progress)
    {
        var (answer, now) = (progress.Answer, stamps.Now());
        batch.Add(
            Keep, tenant.OrganizationId, tenant.Livemode, claim.KeyHash, claim.RequestHash, answer?.Status,
            answer?.ContentType, answer?.Location, answer?.ETag, progress.Body, progress.Subject,
            progress.LeaseExpiresAt, now, now + Lifetime);
    }

    /// <summary>A row of <see cref="Find"/> as its request hash, answer, subject and lease.</summary>
    private (byte[] RequestHash, Answer? Answer, Guid? Subject, DateTimeOffset? Lease) Read(NpgsqlDataReader row) => (
        row.GetFieldValue<byte[]>(0),
        row[5] is byte[] body
            ? new(row.GetInt32(1), row[2] as string, _protector.Unprotect(body))
            {
                Location = row[3] as string,
                ETag = row[4] as string,
                IsReplay = true,
            }
            : null,
        row.GetFieldValue<Guid?>(6),
        row.GetFieldValue<DateTimeOffset?>(7));

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
