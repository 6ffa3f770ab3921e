using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Reading;
using GraphQL.Types;

namespace Equaticket.Schema.Attendees;

/// <summary>Filters a list of attendees. All given conditions must match.</summary>
public sealed record AttendeeFilter
{
    public bool? CheckedIn { get; init; }

    public AttendeeStatus? Status { get; init; }

    public string? Email { get; init; }

    public Guid? EventId { get; init; }

    public Guid? OrderId { get; init; }

    public Guid? TicketTypeId { get; init; }

    public string? TicketCode { get; init; }

    public DateTimeOffset? CreatedAfter { get; init; }

    public DateTimeOffset? CreatedBefore { get; init; }

    public DateTimeOffset? UpdatedSince { get; init; }

    /// <param name="all">All attendees of the tenant.</param>
    public ListedRows<Attendee> Apply(IQueryable<Attendee> all)
    {
        var attendees = UpdatedSince is { } updatedSince ? all.ChangedSince(updatedSince) : new(all);
        attendees = ApplyOwners(attendees);
        if (CheckedIn is { } checkedIn)
            attendees = attendees.Where(a => a.CheckedIn == checkedIn);
        if (Status is { } status)
            attendees = attendees.Where(a => a.Status == status);
        if (Email is { } email)
            attendees = attendees.Where(a => a.EmailKey == EmailKeys.Of(email));
        if (TicketCode is { } code)
            attendees = attendees.Where(a => a.TicketCode == TicketCodes.Read(code));
        return attendees.CreatedWithin(CreatedAfter, CreatedBefore);
    }

    private ListedRows<Attendee> ApplyOwners(ListedRows<Attendee> attendees)
    {
        if (EventId is { } eventId)
            attendees = attendees.Where(a => a.EventId == eventId);
        if (OrderId is { } orderId)
            attendees = attendees.Where(a => a.OrderId == orderId);
        if (TicketTypeId is { } ticketTypeId)
            attendees = attendees.Where(a => a.TicketTypeId == ticketTypeId);
        return attendees;
    }
}

public sealed class AttendeeFilterGraphType : InputObjectGraphType<AttendeeFilter>
{
    public AttendeeFilterGraphType()
    {
        Name = "AttendeeFilter";
        Description = "The filter of a list of attendees. Attendees must match all given conditions.";
        this.Add<BooleanGraphType>(
            "checkedIn", "Attendees who are checked in if true, those who are not if false.");
        this.Add<WireEnumGraphType<AttendeeStatus>>(
            "status", "Attendees whose ticket has this status.");
        this.Add<StringGraphType>(
            "email", "Attendees with exactly this email address (case-insensitive).");
        this.Add<IdGraphType>(
            "eventId", "Attendees of this event. An ID unknown to your organization matches nothing.");
        this.Add<IdGraphType>(
            "orderId", "Attendees of this order. An ID unknown to your organization matches nothing.");
        this.Add<IdGraphType>(
            "ticketTypeId",
            "Attendees with this ticket type. An ID unknown to your organization matches nothing.");
        this.Add<StringGraphType>(
            "ticketCode", "The attendee whose ticket has this code (case-insensitive).");
        this.Add<UtcDateTimeGraphType>("createdAfter", "Attendees created at or after this time.");
        this.Add<UtcDateTimeGraphType>("createdBefore", "Attendees created before this time.");
        this.Add<UtcDateTimeGraphType>(
            "updatedSince",
            "Attendees updated at or after this time. When polling, overlap by 60 seconds.");
    }
}
