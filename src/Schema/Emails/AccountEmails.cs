using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Schema.Emails;

/// <summary>
/// Sends the queued emails about accounts. Any number of hosts may do so concurrently, because each email is
/// claimed first. If a host dies after sending one, it is sent again with the same <c>Message-Id</c>.
/// </summary>
public sealed class AccountEmails(
    Claims claims,
    TenantContexts contexts,
    UserEmails emails,
    IEmailTransport transport,
    IServiceScopeFactory scopes) : IJob
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
            var outcomes = await Task.WhenAll(due.Select(row => connections.UseAsync(async connection =>
                await emails.SendAsync(
                    connection, await WriteAsync(row, cancellationToken), Patience, () => EndAsync(row),
                    cancellationToken))));
            if (outcomes.Contains(false))
                return;
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
