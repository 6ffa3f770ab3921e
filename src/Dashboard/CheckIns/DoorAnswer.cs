using Equaticket.Dashboard.Operations;

namespace Equaticket.Dashboard.CheckIns;

/// <summary>How the door shows the outcome of a scan. Outcomes differ in word, shape, and color.</summary>
/// <param name="Kind">The CSS class: <c>good</c>, <c>warn</c> or <c>bad</c>.</param>
/// <param name="Icon">A symbol.</param>
/// <param name="Word">The verdict in a word or a few.</param>
/// <param name="Detail">An explanation for the door staff.</param>
public sealed record DoorAnswer(string Kind, string Icon, string Word, string Detail)
{
    /// <param name="scan">A <c>CheckIn</c>.</param>
    public static DoorAnswer Of(ResultNode scan) => scan["outcome"].Text switch
    {
        "accepted" => new("good", "✓", "Admit", "The ticket is checked in."),
        "already_used" => new("warn", "!", "Already checked in", "Someone has already entered with this ticket."),
        "refunded" => new("bad", "✕", "Refunded", "The ticket was refunded and is no longer valid."),
        "void" => new("bad", "✕", "Void", "The payment for this ticket was lost in a dispute."),
        "event_not_published" => new("bad", "✕", "Not open", "The event is a draft or was cancelled."),
        "undone" => new("warn", "↩", "Undone", "The ticket can be checked in again."),
        _ when !scan["otherEvent"].IsNull => new(
            "bad", "✕", "Not for this event", $"This ticket is for another event: {scan["otherEvent"]["title"]}."),
        _ => new("bad", "✕", "Unknown code", "No ticket has this code. Check it, or find the holder by name."),
    };
}
