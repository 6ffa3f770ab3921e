using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Events;

namespace Equaticket.Schema.Events;

/// <summary>Applies an update to an event and checks the rules that span several fields.</summary>
internal static class EventEdit
{
    /// <exception cref="ApiError">A rule forbids one of the changes.</exception>
    public static void Apply(
        Event row, UpdateEventInput input, EventTotals? totals, DateTimeOffset now)
    {
        RefuseNewCurrency(row, input.Currency, totals);
        RefuseNewStart(row, input.StartsAt, totals, now);
        row.Title = input.Title.Or(row.Title)!;
        row.Slug = input.Slug.Or(row.Slug)!;
        row.Description = input.Description.Or(row.Description);
        row.Timezone = input.Timezone.Or(row.Timezone)!;
        row.StartsAt = input.StartsAt.Or(row.StartsAt);
        row.EndsAt = input.EndsAt.Or(row.EndsAt);
        row.Currency = input.Currency.Or(row.Currency)!;
        row.VenueName = input.VenueName.Or(row.VenueName);
        row.VenueAddress = input.VenueAddress.Or(row.VenueAddress);
        if (input.Metadata.IsSet)
            row.Metadata = MetadataMerge.Merge(row.Metadata, input.Metadata.Value);
    }

    /// <exception cref="ApiError">The event would end before it starts.</exception>
    public static void RequireOrder(
        DateTimeOffset startsAt, DateTimeOffset? endsAt, string blamed = "endsAt")
    {
        if (endsAt <= startsAt)
            throw ApiError.Validation(blamed, "The event must end after it starts.");
    }

    private static void RefuseNewCurrency(
        Event row, Optional<string> currency, EventTotals? totals)
    {
        if (totals is not null && currency.Or(row.Currency) != row.Currency)
        {
            throw ApiError.Conflict(
                "The currency cannot be changed once the event has a ticket type.", "currency");
        }
    }

    private static void RefuseNewStart(
        Event row, Optional<DateTimeOffset> startsAt, EventTotals? totals, DateTimeOffset now)
    {
        if (row.StartsAt <= now && totals is { Sold: > 0 }
            && startsAt.Or(row.StartsAt) != row.StartsAt)
        {
            throw ApiError.Conflict(
                "The start cannot be changed once the event has started and sold tickets.", "startsAt");
        }
    }
}
