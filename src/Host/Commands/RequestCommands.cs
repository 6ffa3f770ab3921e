using System.CommandLine;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence;
using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Tenancy;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Activity;
using Equaticket.Schema.Webhooks.Deliveries;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Host.Commands;

/// <summary><c>requests find</c>: for support, looks up a request and everything it caused.</summary>
internal static class RequestCommands
{
    private const int MaxTenants = 100;

    public static Command Create() => new("requests", "Look up requests.") { Find() };

    private static Command Find()
    {
        var requestId = new Argument<string>("REQ_ID")
        {
            Description = "The X-Request-Id of the response.",
        };
        var json = CommandOptions.Json();
        var command = new Command(
            "find",
            "Find requests from the last 30 days by ID, with the resources they wrote, their events, and each "
            + "delivery.")
        {
            requestId, json,
        };
        return command.OnDatabase((services, given, token) => PrintAsync(
            services.GetRequiredService<TenantContexts>(),
            given.GetRequiredValue(requestId),
            given.GetValue(json),
            token));
    }

    private static async Task PrintAsync(
        TenantContexts contexts, string requestId, bool asJson, CancellationToken token)
    {
        var tenants = await TenantsAsync(contexts, requestId, token);
        if (tenants.Count == 0 && !asJson)
            Console.WriteLine("No request in the last 30 days has this ID.");
        foreach (var tenant in tenants)
        {
            await using var database = contexts.Lease(tenant);
            var timeline = await RequestTimeline.ReadAsync(database, requestId, token);
            var ids = timeline.WebhookEvents.ConvertAll(e => e.Id);
            var deliveries = (await database.WebhookDeliveries.Where(delivery => ids.Contains(delivery.EventId))
                .OrderBy(delivery => delivery.Id).ToListAsync(token)).ToLookup(delivery => delivery.EventId);
            CommandHost.Print(
                asJson, Json(tenant, timeline, deliveries), string.Join('\n', Lines(timeline, deliveries)));
        }
    }

    /// <remarks>Audit log entries have no mode. An organization with only those is listed once, in live mode.</remarks>
    private static async Task<List<TenantScope>> TenantsAsync(
        TenantContexts contexts, string requestId, CancellationToken token)
    {
        await using var database = contexts.Lease(null);
        var found = await database.ApiRequests.IgnoreQueryFilters().Where(row => row.RequestId == requestId)
            .Select(row => new { row.OrganizationId, row.Livemode })
            .Union(database.WebhookEvents.IgnoreQueryFilters().Where(row => row.RequestId == requestId)
                .Select(row => new { row.OrganizationId, row.Livemode }))
            .Take(MaxTenants).ToListAsync(token);
        var audited = await database.AuditLog.IgnoreQueryFilters().Where(row => row.RequestId == requestId)
            .Select(row => row.OrganizationId).Distinct().Take(MaxTenants).ToListAsync(token);
        return
        [
            .. found.Select(row => new TenantScope(row.OrganizationId, row.Livemode)),
            .. audited.Except(found.Select(row => row.OrganizationId))
                .Select(id => new TenantScope(id, Livemode: true)),
        ];
    }

    private static IEnumerable<string> Lines(
        RequestTimeline timeline, ILookup<Guid, WebhookDelivery> deliveries) =>
    [
        .. timeline.Requests.SelectMany(request => request.Writes.Select(write => $"  {write}").Prepend(
            $"{Time(request)}  {request.Method} {request.Path}  {request.Status} {request.ErrorCode}  "
                + $"{request.DurationMs} ms  key {request.ApiKeyId}  {request.Address}  {request.UserAgent}")),
        .. timeline.AuditEntries.Select(row =>
            $"{Time(row.Entry)}  audit log  {WireNames<AuditAction>.Of(row.Entry.Action)}  {row.Entry.SubjectId}  "
                + $"by {row.Actor ?? "an operator"}"),
        .. timeline.WebhookEvents.SelectMany(row => deliveries[row.Id].SelectMany(Lines).Prepend(
            $"{Time(row)}  {WireNames<WebhookEventType>.Of(row.Type)}  {WebhookPayloads.MessageId(row.Id)}")),
    ];

    private static IEnumerable<string> Lines(WebhookDelivery delivery) =>
        WebhookDeliveryAttempt.Read(delivery.Attempts).Select(attempt =>
            $"    {Rfc3339.Write(attempt.AttemptedAt)}  {Outcome(attempt)} {attempt.ResponseStatus}  "
                + $"{attempt.DurationMs} ms  {attempt.Error}")
            .Prepend($"  delivery {delivery.Id}  webhook {delivery.WebhookId}  "
                + WireNames<WebhookDeliveryStatus>.Of(delivery.Status));

    private static object Json(
        TenantScope tenant, RequestTimeline timeline, ILookup<Guid, WebhookDelivery> deliveries) => new
        {
            timeline.RequestId,
            tenant.OrganizationId,
            tenant.Livemode,
            timeline.Requests,
            AuditEntries = timeline.AuditEntries.Select(row => new
            {
                row.Id,
                Action = WireNames<AuditAction>.Of(row.Entry.Action),
                row.Entry.SubjectId,
                row.Actor,
                row.Entry.Detail,
                CreatedAt = Time(row),
            }),
            WebhookEvents = timeline.WebhookEvents.Select(row => new
            {
                MessageId = WebhookPayloads.MessageId(row.Id),
                Type = WireNames<WebhookEventType>.Of(row.Type),
                CreatedAt = Time(row),
                Deliveries = deliveries[row.Id].Select(Json),
            }),
        };

    private static object Json(WebhookDelivery delivery) => new
    {
        delivery.Id,
        delivery.WebhookId,
        Status = WireNames<WebhookDeliveryStatus>.Of(delivery.Status),
        Attempts = WebhookDeliveryAttempt.Read(delivery.Attempts).Select(attempt => new
        {
            AttemptedAt = Rfc3339.Write(attempt.AttemptedAt),
            Outcome = Outcome(attempt),
            attempt.ResponseStatus,
            attempt.DurationMs,
            attempt.Error,
        }),
    };

    private static string? Outcome(WebhookDeliveryAttempt attempt) =>
        attempt.Ending is { } outcome ? WireNames<AttemptOutcome>.Of(outcome) : null;

    private static string Time(IPagedRow row) => Rfc3339.Write(row.CreatedAt);
}
