using Equaticket.Persistence.Attendees;

namespace Equaticket.Schema.Emails;

/// <summary>What an e-mail says, before it is laid out as text and as HTML.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Paragraphs">What it tells; a paragraph may have several lines.</param>
internal sealed record EmailContent(string Subject, IReadOnlyList<string> Paragraphs)
{
    /// <summary>The tickets that it hands over.</summary>
    public IReadOnlyList<Attendee> Tickets { get; init; } = [];

    /// <summary>What is said below the tickets.</summary>
    public string? Ending { get; init; }
}
