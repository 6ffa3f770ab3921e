using Equaticket.Persistence.Attendees;

namespace Equaticket.Schema.Emails;

/// <summary>The content of an e-mail, before it is formatted as text and HTML.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Paragraphs">The paragraphs; each may have several lines.</param>
internal sealed record EmailContent(string Subject, IReadOnlyList<string> Paragraphs)
{
    /// <summary>The tickets that it contains.</summary>
    public IReadOnlyList<Attendee> Tickets { get; init; } = [];

    /// <summary>The text below the tickets.</summary>
    public string? Ending { get; init; }
}
