using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;
using GraphQL.Types;

namespace Equaticket.Schema.CheckIns;

/// <summary>A ticket presented at the door.</summary>
public sealed record CheckInInput
{
    internal const int MaxCodeLength = 50;

    internal const int MaxTextLength = 500;

    public string? Code { get; init; }

    public Guid? TicketId { get; init; }

    public string? QrText { get; init; }

    /// <summary>A code or a QR text, whichever was scanned or typed.</summary>
    public string? Scanned { get; init; }

    /// <summary>Null to accept a ticket of any event.</summary>
    public Guid? EventId { get; init; }

    public string? Nonce { get; init; }

    public string? Gate { get; init; }

    public string? Device { get; init; }

    /// <exception cref="ApiError">The ticket is not specified, or is specified in more than one way.</exception>
    internal void RequireOneTicket()
    {
        string[] given =
        [
            .. new (string, object?)[]
                { ("code", Code), ("ticketId", TicketId), ("qrText", QrText), ("scanned", Scanned) }
                .Where(name => name.Item2 is not null).Select(name => name.Item1),
        ];
        if (given.Length != 1)
        {
            throw ApiError.Validation(
                given.LastOrDefault(), "Provide exactly one of code, ticketId, qrText and scanned.");
        }
    }

    /// <returns>The same ticket, without <see cref="Scanned"/>.</returns>
    /// <exception cref="ApiError">The scanned text is too long for a code.</exception>
    internal CheckInInput Recognize() => Scanned switch
    {
        null => this,
        { } text when CheckIns.QrText.IsOne(text) => this with { QrText = text, Scanned = null },
        { Length: <= MaxCodeLength } text => this with { Code = text, Scanned = null },
        _ => throw ApiError.Validation(
            "scanned", $"This is not the text of a QR code, and a code has at most {MaxCodeLength} characters."),
    };
}

public sealed class CheckInInputGraphType : InputObjectGraphType<CheckInInput>
{
    public CheckInInputGraphType()
    {
        Name = "CheckInInput";
        Description = "A ticket presented at the door. Requires exactly one of `code`, `ticketId`, `qrText` and "
            + "`scanned`.";
        this.Add<StringGraphType>("code", "The ticket code (case-insensitive).")
            .HasLength(1, CheckInInput.MaxCodeLength);
        this.Add<IdGraphType>("ticketId", "The ID of the ticket.");
        this.Add<StringGraphType>("qrText", "The text of the ticket's QR code.")
            .HasLength(1, CheckInInput.MaxTextLength);
        this.Add<StringGraphType>(
                "scanned",
                "What a scanner read or a person typed: the ticket code or the text of its QR code. Use it for a field "
                + "that takes both.")
            .HasLength(1, CheckInInput.MaxTextLength);
        this.Add<IdGraphType>(
            "eventId",
            "The ID of the event being checked in. The outcome for a ticket of another event is `NOT_FOUND`. If "
            + "omitted, a ticket of any event can be checked in.");
        this.Add<StringGraphType>(
                "nonce",
                "A client-generated key for this scan, such as a UUID. Repeating the scan with the same "
                + "nonce changes nothing and returns the first response; reusing the nonce for another "
                + "ticket is a `conflict`.")
            .HasLength(1, 128);
        this.Add<StringGraphType>("gate", "The gate where the ticket is scanned.").HasLength(0, 100);
        this.Add<StringGraphType>("device", "The device that scans the ticket.").HasLength(0, 100);
    }
}
