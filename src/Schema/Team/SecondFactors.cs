using System.Security.Cryptography;
using System.Text;
using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.CheckIns;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Team;

/// <summary>The secret to enter or scan when setting up an authenticator app.</summary>
/// <param name="Secret">In base 32.</param>
/// <param name="QrSvg">The secret as a QR code, in SVG.</param>
public sealed record TotpSetup(string Secret, string QrSvg);

/// <summary>A user's authenticator app and recovery codes.</summary>
/// <param name="EnabledAt">When the app was set up; null if none is.</param>
/// <param name="RecoveryCodes">The number of unused recovery codes.</param>
public sealed record TotpState(DateTimeOffset? EnabledAt, int RecoveryCodes);

/// <summary>Sets up, checks, and turns off authenticator apps.</summary>
public sealed class SecondFactors(
    TenantContexts contexts, RowStamps stamps, IDataProtectionProvider protection, AccountActs acts)
{
    private const int RecoveryCodeCount = 10;
    private const int RecoveryCodeLength = 10;
    private const string RecoveryAlphabet = "abcdefghjkmnpqrstuvwxyz23456789";
    private const string WrongCode = "That code is not valid. Enter the code that the app shows now.";

    private readonly IDataProtector _protector = protection.CreateProtector("Equaticket.Totp");

    public async Task<TotpState> StateAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        return await database.Users.Where(u => u.Id == userId)
            .Select(u => new TotpState(u.TotpEnabledAt, database.RecoveryCodes.Count(c => c.UserId == u.Id)))
            .SingleAsync(cancellationToken);
    }

    /// <summary>Returns the pending setup, or starts one.</summary>
    /// <exception cref="ApiError">An app is already set up.</exception>
    public async Task<TotpSetup> BeginAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        var made = _protector.Protect(TotpCodes.NewSecret());
        await database.Users.Where(u => u.Id == userId && u.TotpSecret == null)
            .ExecuteUpdateAsync(row => row.SetProperty(u => u.TotpSecret, made), cancellationToken);
        var user = await database.Users.SingleAsync(u => u.Id == userId, cancellationToken);
        if (user.TotpEnabledAt is not null)
            throw ApiError.Validation(null, "An authenticator app is already set up.");
        var secret = _protector.Unprotect(user.TotpSecret!);
        return new TotpSetup(TotpCodes.Text(secret), QrCode.Svg(TotpCodes.Address(secret, user.Email)));
    }

    /// <summary>Turns the app on once the user has entered a valid code.</summary>
    /// <returns>New recovery codes, shown only once.</returns>
    /// <exception cref="ApiError">The code is wrong, or an app is already set up.</exception>
    public async Task<IReadOnlyList<string>> EnableAsync(
        Guid userId, string code, CancellationToken cancellationToken)
    {
        var now = stamps.Now();
        await using var database = contexts.Lease(null);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var user = await database.Users.SingleAsync(u => u.Id == userId, cancellationToken);
        if (StepOf(user, code) is not { } step)
            throw ApiError.Validation("code", WrongCode);
        if (await database.Users
            .Where(u => u.Id == userId && u.TotpEnabledAt == null && u.TotpSecret == user.TotpSecret)
            .ExecuteUpdateAsync(
                row => row.SetProperty(u => u.TotpEnabledAt, now).SetProperty(u => u.TotpLastStep, step),
                cancellationToken) == 0)
            throw ApiError.Validation(null, "An authenticator app is already set up.");
        var codes = await ReplaceCodesAsync(database, userId, cancellationToken);
        await acts.RecordAsync(database, user, AuditAction.TotpEnabled, null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return codes;
    }

    public async Task DisableAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var user = await database.Users.SingleAsync(u => u.Id == userId, cancellationToken);
        if (await database.Users.Where(u => u.Id == userId && u.TotpEnabledAt != null).ExecuteUpdateAsync(
            row => row.SetProperty(u => u.TotpEnabledAt, (DateTimeOffset?)null)
                .SetProperty(u => u.TotpSecret, (byte[]?)null),
            cancellationToken) == 0)
            return;
        await database.RecoveryCodes.Where(c => c.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await acts.RecordAsync(
            database, user, AuditAction.TotpDisabled, AccountEmailKind.TotpDisabled, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <returns>New recovery codes, shown only once. The old ones stop working.</returns>
    public async Task<IReadOnlyList<string>> RenewCodesAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var user = await database.Users.SingleAsync(u => u.Id == userId, cancellationToken);
        if (user.TotpEnabledAt is null)
            throw ApiError.Validation(null, "Set up an authenticator app first.");
        var codes = await ReplaceCodesAsync(database, userId, cancellationToken);
        await acts.RecordAsync(database, user, AuditAction.RecoveryCodesCreated, null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return codes;
    }

    /// <summary>Checks an app code or a recovery code. Each works once.</summary>
    public async Task<bool> CheckAsync(Guid userId, string code, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var user = await database.Users.SingleAsync(u => u.Id == userId, cancellationToken);
        if (StepOf(user, code) is { } step)
        {
            var isNew = await database.Users.Where(u => u.Id == userId && u.TotpLastStep < step)
                .ExecuteUpdateAsync(row => row.SetProperty(u => u.TotpLastStep, step), cancellationToken) > 0;
            await transaction.CommitAsync(cancellationToken);
            return isNew;
        }

        var hash = Hash(code);
        if (await database.RecoveryCodes.Where(c => c.UserId == userId && c.CodeHash == hash)
            .ExecuteDeleteAsync(cancellationToken) == 0)
            return false;
        await acts.RecordAsync(database, user, AuditAction.RecoveryCodeUsed, null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private long? StepOf(User user, string code) => user.TotpSecret is { } secret
        ? TotpCodes.StepOf(_protector.Unprotect(secret), code.Replace(" ", "", StringComparison.Ordinal), stamps.Now())
        : null;

    private static async Task<IReadOnlyList<string>> ReplaceCodesAsync(
        EquaticketDbContext database, Guid userId, CancellationToken cancellationToken)
    {
        var codes = Enumerable.Range(0, RecoveryCodeCount)
            .Select(_ => RandomNumberGenerator.GetString(RecoveryAlphabet, RecoveryCodeLength))
            .Select(code => code.Insert(RecoveryCodeLength / 2, "-")).ToList();
        await database.RecoveryCodes.Where(c => c.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        database.AddRange(codes.Select(code => new RecoveryCode { UserId = userId, CodeHash = Hash(code) }));
        await database.SaveChangesAsync(cancellationToken);
        return codes;
    }

    private static byte[] Hash(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(
        code.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal)));
}
