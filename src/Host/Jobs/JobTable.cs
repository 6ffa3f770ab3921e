using Equaticket.Host.Activity;
using Equaticket.Host.GraphQL.Streaming;
using Equaticket.Host.Hosting;
using Equaticket.Host.Webhooks;
using Equaticket.Schema.ApiKeys;
using Equaticket.Schema.Emails;
using Equaticket.Schema.Jobs;
using Equaticket.Schema.Orders;
using Equaticket.Schema.Payments;
using Equaticket.Schema.Payments.Inbound;
using Equaticket.Schema.Refunds;
using Equaticket.Schema.Webhooks;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Equaticket.Host.Jobs;

/// <summary>A task that every host runs periodically.</summary>
/// <param name="Name">For the log.</param>
/// <param name="Interval">The time from one start to the next; a run that takes longer delays the next.</param>
/// <param name="Type">The type to run, an <see cref="IJob"/>.</param>
internal sealed record Job(string Name, TimeSpan Interval, Type Type)
{
    /// <summary>Whether it also runs when the host starts, not only after each interval.</summary>
    public bool RunsAtStart { get; init; }
}

/// <summary>The background work of the server.</summary>
internal static class JobTable
{
    public static IReadOnlyList<Job> Jobs { get; } =
    [
        new("hold expiry", TimeSpan.FromSeconds(5), typeof(HoldSweep)),
        new("emails", TimeSpan.FromSeconds(5), typeof(EmailDelivery)),
        new("emails about accounts", TimeSpan.FromSeconds(2), typeof(AccountEmails)),
        new("session cleanup", TimeSpan.FromHours(1), typeof(SessionCleanup)),
        new("payment reconciliation", TimeSpan.FromSeconds(5), typeof(PaymentReconciliation)),
        new("refunds", TimeSpan.FromSeconds(2), typeof(RefundWork)),
        new("refunds of cancelled events", TimeSpan.FromSeconds(2), typeof(EventRefunds)),
        new("missed Stripe events", TimeSpan.FromSeconds(30), typeof(MissedStripeEvents)),
        new("disabled webhook notices", TimeSpan.FromMinutes(1), typeof(OwnerNotices)),
        new("expiring API key notices", TimeSpan.FromMinutes(1), typeof(KeyExpiryNotices)),
        new("idempotency cleanup", TimeSpan.FromMinutes(1), typeof(IdempotencyCleanup)),
        new("Stripe event cleanup", TimeSpan.FromHours(1), typeof(StripeEventCleanup)),
        new("key use cleanup", TimeSpan.FromHours(1), typeof(KeyUseCleanup)),
        new("partition maintenance", TimeSpan.FromHours(1), typeof(PartitionMaintenance)) { RunsAtStart = true },
    ];

    /// <summary>Registers the jobs and the other background services.</summary>
    public static IServiceCollection AddBackgroundWork(this IServiceCollection services)
    {
        foreach (var job in Jobs)
        {
            services.AddSingleton(job);
            services.TryAddSingleton(job.Type);
        }

        return services
            .AddHostedService<ClockWatch>()
            .AddHostedService<FeedWorker>()
            .AddHostedService<CallerListener>()
            .AddHostedService<ListingListener>()
            .AddHostedService<JobRunner>()
            .AddHostedService<DeliveryWorker>()
            .AddHostedService<DeliveryListener>()
            .AddHostedService<DeliveryNotifier>()
            .AddSingleton<ActivityLog>()
            .AddHostedService<ActivityWriter>();
    }
}
