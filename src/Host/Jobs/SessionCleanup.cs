using Equaticket.Schema.Team;

namespace Equaticket.Host.Jobs;

/// <summary>Removes sessions that have expired.</summary>
internal sealed class SessionCleanup(
    SessionRegistry sessions, TimeProvider clock, ILogger<SessionCleanup> log)
    : PeriodicJob(TimeSpan.FromHours(1), clock, log)
{
    protected override Task RunAsync(CancellationToken cancellationToken) =>
        sessions.SweepAsync(cancellationToken);
}
