using Equaticket.Persistence;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Equaticket.Schema.Emails;

/// <summary>
/// Sends the queued emails about accounts. Any number of hosts may do so concurrently, because each email is
/// claimed first. If a host dies after sending one, it is sent again with the same <c>Message-Id</c>.
/// </summary>
public sealed class AccountEmails(
    Claims claims,
    TenantContexts contexts,
    RowStamps stamps,
    UserEmails emails,
    IEmailTransport transport,
    IServiceScopeFactory scopes,
    ILogger<AccountEmails> log) : IJob
{
    /// <summary>An email that was not sent is due again when its lease ends.</summary>
    private static readonly Claim Due = new("account_emails", "next_attempt_at", TimeSpan.FromMinutes(2))
    {
        Key = "id",
    };

    /// <summary>How long to retry. The links in the emails are valid for a day.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(12);

    /// <summary>Sends emails until none is due or the mail server can't be reached.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var connections = new EmailConnections(transport);
        while (await claims.TakeAsync<AccountEmail>(Due, Claims.Parallelism, [], cancellationToken)
            is { Count: > 0 } due)
        {
            var outcomes = await Task.WhenAll(due.Select(row => connections.UseAsync(
                connection => SendAsync(connection, row, cancellationToken))));
            if (outcomes.Contains(false))
                return;
        }
    }

    /// <returns>Whether to continue with other emails.</returns>
    private async Task<bool> SendAsync(
        IEmailConnection connection, AccountEmail row, CancellationToken cancellationToken)
    {
        try
        {
            var email = await WriteAsync(row, cancellationToken);
            return await emails.SendAsync(connection, email, Patience, () => EndAsync(row), cancellationToken);
        }
        catch (Exception fault) when (DatabaseErrors.Translate(fault) is null
            && fault is not OperationCanceledException)
        {
            // Logs only the location, because the message may quote the user.
            log.LogError("Email {EmailId} failed: {Fault}\n{Stack}", row.Id, fault.GetType(), fault.StackTrace);
            if (stamps.Now() - row.CreatedAt > Patience)
                await EndAsync(row);
            return true;
        }
    }

    /// <remarks>Not cancelled when the host stops, so that a sent email is recorded.</remarks>
    private async Task EndAsync(AccountEmail email)
    {
        await using var database = contexts.Lease(null);
        await database.AccountEmails.Where(e => e.Id == email.Id)
            .ExecuteDeleteAsync(CancellationToken.None);
    }

    /// <returns>Null if there is nothing to send to the address.</returns>
    private async Task<UserEmail?> WriteAsync(AccountEmail email, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var texts = scope.ServiceProvider.GetRequiredService<AccountEmailTexts>();
        var kind = WireNames<AccountEmailKind>.Of(email.Kind).Replace('_', '-');
        return await texts.WriteAsync(email, cancellationToken) is var (content, address)
            ? new UserEmail($"{kind}-{email.Id}", email.CreatedAt, address, content)
            : null;
    }
}
