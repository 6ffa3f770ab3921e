using Equaticket.Engine.Cost;
using Equaticket.Engine.Fields;
using Equaticket.Persistence;
using Equaticket.Persistence.Activity;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Audit;
using Equaticket.Schema.Webhooks.Deliveries;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Activity;

/// <summary>The rows stored for a request id, in one organization and mode.</summary>
/// <param name="RequestId">The request id. Callers may choose it, so several requests may share it.</param>
/// <param name="Requests">Oldest first.</param>
/// <param name="AuditEntries">Those of both modes, oldest first.</param>
/// <param name="WebhookEvents">Oldest first.</param>
public sealed record RequestTimeline(
    string RequestId, List<ApiRequest> Requests, List<AuditRow> AuditEntries, List<WebhookEvent> WebhookEvents)
{
    internal const int MaxRows = 20;

    public bool IsEmpty => Requests.Count + AuditEntries.Count + WebhookEvents.Count == 0;

    /// <param name="database">A context leased for the organization and mode.</param>
    /// <param name="requestId">The request id.</param>
    /// <param name="cancellationToken">Cancels the reads.</param>
    public static async Task<RequestTimeline> ReadAsync(
        EquaticketDbContext database, string requestId, CancellationToken cancellationToken)
    {
        var livemode = database.Tenant?.Livemode ?? false;
        var requests = await LastAsync(
            database.ApiRequests.Where(row => row.RequestId == requestId && row.Livemode == livemode),
            cancellationToken);
        var entries = await LastAsync(
            database.AuditLog.Where(row => row.RequestId == requestId), cancellationToken);
        var events = await LastAsync(
            database.WebhookEvents.Where(row => row.RequestId == requestId), cancellationToken);
        return new RequestTimeline(
            requestId,
            requests,
            entries.Count == 0 ? [] : await AuditRow.OfAsync(database, entries, cancellationToken),
            events);
    }

    private static async Task<List<T>> LastAsync<T>(IQueryable<T> rows, CancellationToken cancellationToken)
        where T : class, IPagedRow
    {
        var last = await rows.OrderByDescending(row => row.Id).Take(MaxRows).ToListAsync(cancellationToken);
        last.Reverse();
        return last;
    }
}

public sealed class RequestTimelineGraphType : ObjectGraphType<RequestTimeline>
{
    public RequestTimelineGraphType()
    {
        Name = "RequestTimeline";
        Description = "Everything that a request caused: the call, the resources it wrote, its events, and their "
            + "deliveries with each attempt.";
        this.Leaf("requestId", "The `X-Request-Id` of the response.", timeline => timeline.RequestId);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ApiRequestGraphType>>>>("requests")
            .Description("The requests with this ID, oldest first; the last 20 if a client reuses an ID. Empty for a "
                + "request made without an API key, and after 30 days.")
            .ResolveFrom(timeline => timeline.Requests)
            .FieldType.HasListSize(RequestTimeline.MaxRows);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<AuditEntryGraphType>>>>("auditEntries")
            .Description("The entries of the audit log, oldest first; the last 20.")
            .ResolveFrom(timeline => timeline.AuditEntries)
            .FieldType.HasListSize(RequestTimeline.MaxRows);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<WebhookEventGraphType>>>>("webhookEvents")
            .Description("The webhook events, oldest first; the last 20.")
            .ResolveFrom(timeline => timeline.WebhookEvents)
            .FieldType.HasListSize(RequestTimeline.MaxRows);
    }
}
