using Equaticket.Schema.Emails;

namespace Equaticket.Host.Jobs;

/// <summary>Sends e-mails about accounts, for which people wait.</summary>
internal sealed class AccountEmailJob(
    AccountEmails emails, TimeProvider clock, ILogger<AccountEmailJob> log)
    : PeriodicJob(TimeSpan.FromSeconds(2), clock, log)
{
    protected override Task RunAsync(CancellationToken cancellationToken) =>
        emails.RunAsync(cancellationToken);
}
