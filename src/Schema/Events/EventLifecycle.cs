using Equaticket.Engine.Errors;
using Equaticket.Persistence.Events;

namespace Equaticket.Schema.Events;

/// <summary>The transitions allowed in each state of an event.</summary>
internal static class EventLifecycle
{
    /// <summary>How long an event without an end time stays on sale after it starts.</summary>
    public static readonly TimeSpan SaleAfterStart = TimeSpan.FromHours(24);

    /// <summary>The time from which tickets can no longer be sold because the event is over.</summary>
    public static DateTimeOffset EndOf(Event row) => EndOf(row.StartsAt, row.EndsAt);

    /// <inheritdoc cref="EndOf(Event)"/>
    public static DateTimeOffset EndOf(DateTimeOffset startsAt, DateTimeOffset? endsAt) =>
        endsAt ?? startsAt + SaleAfterStart;

    /// <summary>Whether tickets can no longer be sold because the event is over.</summary>
    public static bool IsOver(Event row, DateTimeOffset now) => EndOf(row) <= now;

    public static void RefuseWhenCancelled(Event row)
    {
        if (row.Status == EventStatus.Cancelled)
            throw ApiError.Conflict("This event is cancelled and can no longer be changed.");
    }

    /// <remarks>
    /// Checks the state (409) before the rules (422). Allows a start in the past, because the example in the guide
    /// must work on any day.
    /// </remarks>
    public static void RequirePublishable(Event row, EventTotals? totals, DateTimeOffset now)
    {
        if (row.Status != EventStatus.Draft)
        {
            throw ApiError.Conflict(row.Status == EventStatus.Published
                ? "This event is already published."
                : "This event is cancelled and cannot be published.");
        }

        if (totals is null)
            throw ApiError.Unprocessable("Add a ticket type before you publish the event.");
        if (row.EndsAt <= now)
            throw ApiError.Unprocessable("The event is over: its ends_at is in the past.");
    }

    public static void Publish(Event row, DateTimeOffset now)
    {
        row.Status = EventStatus.Published;
        row.PublishedAt = now;
        Touch(row, now);
    }

    public static void Cancel(Event row, DateTimeOffset now)
    {
        if (row.Status == EventStatus.Cancelled)
            throw ApiError.Conflict("This event is already cancelled.");
        row.Status = EventStatus.Cancelled;
        row.CancelledAt = now;
        Touch(row, now);
    }

    /// <summary>Records an edit or a status change.</summary>
    public static void Touch(Event row, DateTimeOffset now)
    {
        row.Version++;
        row.UpdatedAt = now;
    }
}
