using System.Collections.Concurrent;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Spelling;
using Equaticket.Schema.Jobs;

namespace Equaticket.Schema.Emails;

/// <summary>
/// Sends the queued emails that are due, for all organizations. The emails of one kind and organization form a lane:
/// each lane sends one email after another, and several lanes send concurrently. Any number of hosts may do so
/// concurrently, because each email is claimed for a limited time. If a host sends an email and then crashes, the
/// email is sent again with the same <c>Message-Id</c>.
/// </summary>
public sealed class EmailDelivery(
    Claims claims, TimeProvider clock, EmailAttempts attempts, IEmailTransport transport) : IJob
{
    private const int MaxLanes = 8;

    private static readonly Claim Due = new("queued_emails", "next_attempt_at", TimeSpan.FromMinutes(5))
    {
        Counter = "attempts",
        Lane = "organization_id, kind",
        Waits = "next_attempt_at IS NOT NULL",
    };

    /// <summary>How soon new emails in an idle lane are noticed while other lanes are sending.</summary>
    private static readonly TimeSpan NextLook = TimeSpan.FromSeconds(1);

    /// <summary>Sends emails until none is due or the mail server can't be reached.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var connections = new EmailConnections(transport);
        var (sending, goesOn) = (new Dictionary<EmailLane, Task<bool>>(), true);
        try
        {
            while (true)
            {
                if (goesOn && sending.Count < MaxLanes)
                {
                    foreach (var email in await ClaimAsync(sending.Keys, cancellationToken))
                        sending.Add(EmailLane.Of(email), connections.UseAsync(
                            connection => attempts.MakeAsync(connection, email, cancellationToken)));
                }

                if (sending.Count == 0)
                    return;
                await Task.WhenAny(
                    [.. sending.Values, Task.Delay(NextLook, clock, cancellationToken)]);
                foreach (var (lane, attempt) in sending.Where(s => s.Value.IsCompleted).ToList())
                {
                    sending.Remove(lane);
                    goesOn &= await attempt;
                }
            }
        }
        finally
        {
            await Task.WhenAll(sending.Values.Cast<Task>())
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Claims one email from each idle lane.</summary>
    private Task<List<QueuedEmail>> ClaimAsync(
        IReadOnlyCollection<EmailLane> busy, CancellationToken cancellationToken) =>
        claims.TakeAsync<QueuedEmail>(
            Due,
            MaxLanes - busy.Count,
            [
                new("lane_free", 1),
                new("organization_id", busy.Select(lane => lane.OrganizationId).ToArray()),
                new("kind", busy.Select(lane => WireNames<EmailKind>.Of(lane.Kind)).ToArray()),
                new("free", new int[busy.Count]),
            ],
            cancellationToken);
}

/// <summary>The emails of one kind and organization, which are sent one after another.</summary>
internal readonly record struct EmailLane(Guid OrganizationId, EmailKind Kind)
{
    public static EmailLane Of(QueuedEmail email) => new(email.OrganizationId, email.Kind);
}

/// <summary>A pool of connections to the mail server, reused by the lanes.</summary>
internal sealed class EmailConnections(IEmailTransport transport) : IAsyncDisposable
{
    private readonly ConcurrentBag<IEmailConnection> _idle = [];

    /// <summary>Lends a connection.</summary>
    public async Task<bool> UseAsync(Func<IEmailConnection, Task<bool>> send)
    {
        var connection = _idle.TryTake(out var idle) ? idle : transport.Open();
        try
        {
            return await send(connection);
        }
        finally
        {
            _idle.Add(connection);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _idle)
            await connection.DisposeAsync();
    }
}
