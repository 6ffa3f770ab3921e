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
/// Claims idempotency keys and stores responses, in the same transaction as the effect. A lock in the database
/// detects a duplicate request that runs at the same time, even on another host.
/// </summary>
public sealed class IdempotencyStore(IDataProtectionProvider protection, RowStamps stamps)
{
    /// <summary>How long a response is stored (guide, "Idempotency").</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>The subject of responses that contain lists of resources; these are searched one by one.</summary>
    internal static readonly Guid ManySubjects = Guid.AllBitsSet;

    /// <summary>How long a write that calls an external service is assumed to be running.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <remarks>
    /// Prepared statements keep their plan. One from when the table was empty, such as before a sale, must not read all
    /// of it later: this transaction prefers indexes, and the index of the expiry can't serve <see cref="Find"/>.
    /// </remarks>
    private const string Lock = "SELECT pg_try_advisory_xact_lock($1), set_config('enable_seqscan', 'off', true)";

    private const string Find =
        """
        SELECT request_hash, status, content_type, location, e_tag, body, subject_id, lease_expires_at
        FROM idempotency_records
        WHERE organization_id = $1 AND livemode = $2 AND key_hash = $3 AND expires_at - $4 > interval '0'
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
    /// Adds the first statements of the transaction: they lock the key, without waiting for a duplicate request, and
    /// look for a stored response. The savepoint allows to undo everything but the claim.
    /// </summary>
    public void AddClaim(StatementBatch batch, WriteClaim claim, string savepoint)
    {
        var tenant = batch.Database.Tenant!.Value;
        batch.Add(Lock, LockId(tenant, claim));
        batch.Add(Find, tenant.OrganizationId, tenant.Livemode, claim.KeyHash, stamps.Now());
        batch.Add($"SAVEPOINT {savepoint}");
    }

    /// <summary>Reads the results of <see cref="AddClaim"/>. Those of later statements come next.</summary>
    /// <param name="results">The results of the batch.</param>
    /// <param name="claim">The key.</param>
    /// <param name="isOurs">Whether this request holds the lease of a committed step.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The state of an earlier write with this key; null if there is none.</returns>
    /// <exception cref="ApiError">
    /// The first request is still running, or the key was used for a different request.
    /// </exception>
    public async Task<KnownWrite?> ReadClaimAsync(
        NpgsqlDataReader results, WriteClaim claim, bool isOurs, CancellationToken cancellationToken)
    {
        await results.ReadAsync(cancellationToken);
        if (!results.GetBoolean(0))
            throw ApiError.StillRunning();
        await results.NextResultAsync(cancellationToken);
        var found = await results.ReadAsync(cancellationToken) ? Judge(results, claim, isOurs) : null;
        await results.NextResultAsync(cancellationToken);
        return found;
    }

    /// <summary>Stores the response. Replaces an expired one.</summary>
    /// <param name="batch">Sent in the transaction of the effect.</param>
    /// <param name="claim">The key.</param>
    /// <param name="answer">The response to retries.</param>
    /// <param name="subject">The resource that the response is about.</param>
    public void AddAnswer(StatementBatch batch, WriteClaim claim, Answer answer, Guid? subject) =>
        Add(batch, claim, new Progress(answer, _protector.Protect(answer.Body.ToArray()), subject, null));

    /// <summary>Records that a write has created something and is now calling an external service.</summary>
    public void AddLease(StatementBatch batch, WriteClaim claim, Guid subject) =>
        Add(batch, claim, new Progress(null, null, subject, stamps.Now() + Lease));

    /// <summary>Lets a retry continue immediately.</summary>
    public static Task ReleaseAsync(
        EquaticketDbContext database, WriteClaim claim, CancellationToken cancellationToken) =>
        database.IdempotencyRecords.Where(r => r.KeyHash == claim.KeyHash && r.Body == null)
            .ExecuteUpdateAsync(
                record => record.SetProperty(r => r.LeaseExpiresAt, (DateTimeOffset?)null),
                cancellationToken);

    /// <summary>
    /// Rewrites stored responses about these subjects, such as orders, and those that contain lists.
    /// </summary>
    /// <param name="database">The context with the open transaction.</param>
    /// <param name="subjects">The resources that the responses are about.</param>
    /// <param name="rewrite">
    /// Receives a response and its subject; returns the same array to leave it unchanged.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The number of responses about the subjects plus the number of others that changed.</returns>
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

    private void Add(StatementBatch batch, WriteClaim claim, Progress progress)
    {
        var (tenant, answer, now) = (batch.Database.Tenant!.Value, progress.Answer, stamps.Now());
        batch.Add(
            Keep, tenant.OrganizationId, tenant.Livemode, claim.KeyHash, claim.RequestHash,
            StatementBatch.Value(answer?.Status), StatementBatch.Value(answer?.ContentType),
            StatementBatch.Value(answer?.Location), StatementBatch.Value(answer?.ETag),
            StatementBatch.Value(progress.Body), StatementBatch.Value(progress.Subject),
            StatementBatch.Value(progress.LeaseExpiresAt), now, now + Lifetime);
    }

    private KnownWrite Judge(NpgsqlDataReader row, WriteClaim claim, bool isOurs)
    {
        var (requestHash, answer, subject, lease) = Read(row);
        if (!requestHash.AsSpan().SequenceEqual(claim.RequestHash))
        {
            throw ApiError.Unprocessable(
                "This key was already used with other parameters. Use a new key for a new request.",
                WriteClaim.Header);
        }

        return answer is null && lease > stamps.Now() && !isOurs
            ? throw ApiError.StillRunning()
            : new KnownWrite(answer, subject);
    }

    /// <summary>Reads the request hash, response, subject, and lease from a row of <see cref="Find"/>.</summary>
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

/// <summary>The state of an earlier write with the same key.</summary>
/// <param name="Answer">Its response; null if it did not finish.</param>
/// <param name="Subject">The resource that its first step created.</param>
public sealed record KnownWrite(Answer? Answer, Guid? Subject);
