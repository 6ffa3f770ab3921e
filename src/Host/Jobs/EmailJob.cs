using Equaticket.Schema.Emails;

namespace Equaticket.Host.Jobs;

/// <summary>Sends the e-mails that are due.</summary>
internal sealed class EmailJob(EmailDelivery emails, TimeProvider clock, ILogger<EmailJob> log)
    : PeriodicJob(TimeSpan.FromSeconds(5), clock, log)
{
    protected override Task RunAsync(CancellationToken cancellationToken) =>
        emails.RunAsync(cancellationToken);
}
