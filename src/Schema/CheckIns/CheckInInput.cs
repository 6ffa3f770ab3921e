using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;
using GraphQL.Types;

namespace Equaticket.Schema.CheckIns;

/// <summary>A ticket that somebody shows at the door.</summary>
public sealed record CheckInInput
{
    public string? Code { get; init; }

    public string? TicketId { get; init; }

    public string? QrText { get; init; }

    /// <summary>Null for whichever event the ticket is for.</summary>
    public string? EventId { get; init; }

    public string? Nonce { get; init; }

    public string? Gate { get; init; }

    public string? Device { get; init; }

    /// <exception cref="ApiError">The ticket is named in no way, or in several.</exception>
    internal void RequireOneTicket()
    {
        string[] given =
        [
            .. new[] { ("code", Code), ("ticketId", TicketId), ("qrText", QrText) }
                .Where(name => name.Item2 is not null).Select(name => name.Item1),
        ];
        if (given.Length != 1)
        {
            throw ApiError.Validation(
                given.LastOrDefault(), "Give exactly one of code, ticketId and qrText.");
        }
    }
}

public sealed class CheckInInputGraphType : InputObjectGraphType<CheckInInput>
{
    public CheckInInputGraphType()
    {
        Name = "CheckInInput";
        Description = "A ticket that somebody shows at the door: exactly one of `code`, `ticketId` and "
            + "`qrText`.";
        this.Add<StringGraphType>("code", "The ticket code, letter case aside.").HasLength(1, 50);
        this.Add<IdGraphType>("ticketId", "The id of the ticket.");
        this.Add<StringGraphType>("qrText", "The text of the ticket's QR code.").HasLength(1, 500);
        this.Add<IdGraphType>(
            "eventId",
            "The event at whose door it is shown. A ticket of another event is then `NOT_FOUND`.");
        this.Add<StringGraphType>(
                "nonce",
                "A name of your own for this scan, such as a UUID. Sent again with the same nonce, a "
                + "scan changes nothing and gets its first answer; another ticket is a `conflict`.")
            .HasLength(1, 128);
        this.Add<StringGraphType>("gate", "Where it is scanned.").HasLength(0, 100);
        this.Add<StringGraphType>("device", "What it is scanned with.").HasLength(0, 100);
    }
}
