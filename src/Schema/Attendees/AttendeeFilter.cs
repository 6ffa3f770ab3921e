using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.Reading;
using GraphQL.Types;

namespace Equaticket.Schema.Attendees;

/// <summary>Which attendees a list holds; the given conditions must all hold.</summary>
public sealed record AttendeeFilter
{
    public bool? CheckedIn { get; init; }

    public AttendeeStatus? Status { get; init; }

    public string? Email { get; init; }

    public string? EventId { get; init; }

    public string? OrderId { get; init; }

    public string? TicketTypeId { get; init; }

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
        if (CreatedAfter is { } createdAfter)
            attendees = attendees.Where(a => a.CreatedAt >= createdAfter);
        if (CreatedBefore is { } createdBefore)
            attendees = attendees.Where(a => a.CreatedAt < createdBefore);
        return attendees;
    }

    private ListedRows<Attendee> ApplyOwners(ListedRows<Attendee> attendees)
    {
        if (EventId is { } eventId)
            attendees = attendees.Where(a => a.EventId == FilterIds.Read(eventId));
        if (OrderId is { } orderId)
            attendees = attendees.Where(a => a.OrderId == FilterIds.Read(orderId));
        if (TicketTypeId is { } ticketTypeId)
            attendees = attendees.Where(a => a.TicketTypeId == FilterIds.Read(ticketTypeId));
        return attendees;
    }
}

public sealed class AttendeeFilterGraphType : InputObjectGraphType<AttendeeFilter>
{
    public AttendeeFilterGraphType()
    {
        Name = "AttendeeFilter";
        Description = "Which attendees a list holds. The given conditions must all hold.";
        this.Add<BooleanGraphType>(
            "checkedIn", "Attendees who were let in, or those who were not.");
        this.Add<WireEnumGraphType<AttendeeStatus>>(
            "status", "Attendees whose ticket is in this state.");
        this.Add<StringGraphType>(
            "email", "Attendees with this address, the whole of it; letter case does not matter.");
        this.Add<IdGraphType>(
            "eventId", "Attendees of this event. An id that is not yours finds nothing.");
        this.Add<IdGraphType>(
            "orderId", "Attendees of this order. An id that is not yours finds nothing.");
        this.Add<IdGraphType>(
            "ticketTypeId",
            "Attendees with this ticket type. An id that is not yours finds nothing.");
        this.Add<StringGraphType>(
            "ticketCode", "The attendee whose ticket has this code; letter case does not matter.");
        this.Add<UtcDateTimeGraphType>("createdAfter", "Attendees created then or later.");
        this.Add<UtcDateTimeGraphType>("createdBefore", "Attendees created earlier.");
        this.Add<UtcDateTimeGraphType>(
            "updatedSince",
            "Attendees changed then or later. When you poll, overlap by 60 seconds.");
    }
}
