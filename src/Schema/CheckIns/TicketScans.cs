using System.Text.Json.Nodes;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.CheckIns;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.CheckIns;

/// <summary>
/// Checks in ticket holders, once each. Every scan is recorded, regardless of its outcome. The ticket's row lock
/// determines which scan is first, across all hosts.
/// </summary>
public sealed class TicketScans(TicketSigner signer)
{
    /// <exception cref="ApiError">The nonce was used for another scan (409).</exception>
    internal async Task<CheckInRow> ScanAsync(
        OperationContext operation,
        WriteTransaction write,
        CheckInInput input,
        CancellationToken cancellationToken)
    {
        input.RequireOneTicket();
        input = input.Recognize();
        var shown = await ShownTicket.FromAsync(operation, signer, input, cancellationToken);
        if (await FirstAnswerAsync(operation, write, input, shown, cancellationToken) is { } first)
            return first;
        var ticket = shown is null ? null : await shown.LockAsync(operation, cancellationToken);
        var scan = Note(operation, input, ticket);
        if (scan.Outcome == ScanOutcome.Accepted)
            Accept(operation, ticket!, scan.CreatedAt);
        operation.Database.Add(scan);
        await operation.Database.SaveChangesAsync(cancellationToken);
        return Answer(write, scan, ticket);
    }

    /// <summary>Undoes a check-in, so that the ticket can be scanned again.</summary>
    /// <exception cref="ApiError">The ticket does not exist (404) or is not checked in (409).</exception>
    internal static async Task<CheckInRow> UndoAsync(
        OperationContext operation,
        WriteTransaction write,
        Guid ticketId,
        (string? Gate, string? Device) place,
        CancellationToken cancellationToken)
    {
        var ticket = await new ShownTicket(ticketId, null).LockAsync(operation, cancellationToken);
        if (ticket is null)
            throw ApiError.NotFound("ticket");
        if (ticket.CheckedInAt is null)
            throw ApiError.Conflict("This ticket is not checked in.", "ticketId");
        var input = new CheckInInput { Gate = place.Gate, Device = place.Device };
        var scan = Note(operation, input, ticket, ScanOutcome.Undone);
        Mark(ticket, checkedInAt: null, scan.CreatedAt);
        operation.Database.Add(scan);
        await operation.Database.SaveChangesAsync(cancellationToken);
        return Answer(write, scan, ticket);
    }

    /// <summary>Finds the result of an earlier scan with the same nonce.</summary>
    private static async Task<CheckInRow?> FirstAnswerAsync(
        OperationContext operation,
        WriteTransaction write,
        CheckInInput input,
        ShownTicket? shown,
        CancellationToken cancellationToken)
    {
        if (input.Nonce is not { } nonce)
            return null;
        var scan = await operation.Database.Scans
            .SingleOrDefaultAsync(row => row.Nonce == nonce, cancellationToken);
        if (scan is null)
            return null;
        var ticket = shown is null
            ? null
            : await shown.In(operation.Database.Attendees).SingleOrDefaultAsync(cancellationToken);
        return scan.AttendeeId == ticket?.Id && scan.EventId == EventOf(input, ticket)
            ? Answer(write, scan, ticket)
            : throw ApiError.Conflict(
                "This nonce was used for another ticket. Use a new one for each scan.", "nonce");
    }

    private static Scan Note(
        OperationContext operation,
        CheckInInput input,
        Attendee? ticket,
        ScanOutcome? outcome = null)
    {
        var stamp = operation.Stamps.Next();
        outcome ??= Judge(input, ticket);
        return new Scan
        {
            Id = stamp.Id,
            AttendeeId = ticket?.Id,
            EventId = EventOf(input, ticket),
            Outcome = outcome.Value,
            CheckedInAt = outcome switch
            {
                ScanOutcome.Accepted => stamp.CreatedAt,
                ScanOutcome.NotFound => null,
                _ => ticket?.CheckedInAt,
            },
            Gate = input.Gate,
            Device = input.Device,
            Nonce = input.Nonce,
            UserId = operation.Caller.UserId,
            ApiKeyId = operation.Caller.ApiKeyId,
            CreatedAt = stamp.CreatedAt,
        };
    }

    /// <remarks>A ticket is no longer accepted once a refund is requested.</remarks>
    private static ScanOutcome Judge(CheckInInput input, Attendee? ticket) => ticket switch
    {
        null => ScanOutcome.NotFound,
        _ when EventOf(input, ticket) != ticket.EventId => ScanOutcome.NotFound,
        { Order.Event.Status: not EventStatus.Published } => ScanOutcome.EventNotPublished,
        { Status: AttendeeStatus.Void } => ScanOutcome.Void,
        { Status: AttendeeStatus.Refunded } or { RefundId: not null } => ScanOutcome.Refunded,
        { CheckedInAt: not null } => ScanOutcome.AlreadyUsed,
        _ => ScanOutcome.Accepted,
    };

    private static Guid? EventOf(CheckInInput input, Attendee? ticket) =>
        input.EventId is not { } id ? ticket?.EventId : id == Ids.Malformed ? null : id;

    private static void Accept(OperationContext operation, Attendee ticket, DateTimeOffset now)
    {
        Mark(ticket, checkedInAt: now, now);
        Outbox.Add(
            operation.Database, operation.Stamps, WebhookEventType.TicketCheckedIn, ticket.EventId,
            ticket.OrderId, new JsonObject
            {
                ["ticket_id"] = ticket.Id,
                ["ticket_code"] = ticket.TicketCode,
                ["event_id"] = ticket.EventId,
                ["buyer_name"] = ticket.Order!.BuyerName,
                ["checked_in_at"] = Rfc3339.Write(now),
            });
    }

    private static void Mark(Attendee ticket, DateTimeOffset? checkedInAt, DateTimeOffset now)
    {
        ticket.CheckedInAt = checkedInAt;
        ticket.Version++;
        ticket.UpdatedAt = now;
    }

    private static CheckInRow Answer(WriteTransaction write, Scan scan, Attendee? ticket)
    {
        write.Subject = ticket?.OrderId;
        return scan.Outcome == ScanOutcome.NotFound
            ? new CheckInRow(scan, null, ticket?.EventId)
            : new CheckInRow(scan, ticket, null);
    }
}
