namespace Equaticket.Host.Jobs;

/// <summary>Wires what the server does besides answering requests.</summary>
internal static class JobServices
{
    public static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddHostedService<IdempotencyCleanup>()
        .AddHostedService<HoldExpiryJob>()
        .AddHostedService<EmailJob>()
        .AddHostedService<AccountEmailJob>()
        .AddHostedService<SessionCleanup>()
        .AddHostedService<OwnerNoticeJob>()
        .AddHostedService<RefundJob>()
        .AddHostedService<EventRefundJob>()
        .AddHostedService<PaymentReconciliationJob>()
        .AddHostedService<MissedStripeEventsJob>()
        .AddHostedService<StripeEventCleanup>()
        .AddHostedService<PartitionMaintenance>();
}
