using System.Text;
using System.Text.Encodings.Web;
using Equaticket.Persistence.Attendees;
using MimeKit;
using MimeKit.Utils;

namespace Equaticket.Schema.Emails;

/// <summary>Formats an email as plain text and as HTML with QR codes.</summary>
internal static class EmailLayout
{
    /// <param name="content">The content.</param>
    /// <param name="sender">The name in the signature.</param>
    /// <param name="qrCodes">PNG images of the tickets' QR codes, by ticket id.</param>
    public static MimeEntity Body(
        EmailContent content, string sender, IReadOnlyDictionary<Guid, byte[]> qrCodes)
    {
        var body = new BodyBuilder { TextBody = Text(content, sender) };
        var images = content.Tickets.Where(ticket => qrCodes.ContainsKey(ticket.Id))
            .ToDictionary(ticket => ticket.Id, ticket => Image(body, ticket, qrCodes[ticket.Id]));
        body.HtmlBody = Html(content, sender, images);
        return body.ToMessageBody();
    }

    private static string Image(BodyBuilder body, Attendee ticket, byte[] png)
    {
        var image = body.LinkedResources.Add($"{ticket.TicketCode}.png", png);
        image.ContentId = MimeUtils.GenerateMessageId("tickets.equaticket");
        return image.ContentId;
    }

    private static string Text(EmailContent content, string sender)
    {
        string?[] parts =
        [
            .. content.Paragraphs,
            content.Tickets.Count == 0
                ? null
                : string.Join('\n', content.Tickets.Select(EmailTexts.Line)),
            content.Ending,
            sender,
        ];
        return string.Join("\n\n", parts.Where(part => part is not null)) + "\n";
    }

    private static string Html(
        EmailContent content, string sender, Dictionary<Guid, string> images)
    {
        var html = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><body>\n");
        foreach (var paragraph in content.Paragraphs)
            AppendParagraph(html, paragraph);
        foreach (var ticket in content.Tickets)
        {
            AppendParagraph(html, EmailTexts.Line(ticket));
            if (images.TryGetValue(ticket.Id, out var image))
                html.Append($"<p><img src=\"cid:{image}\" alt=\"{ticket.TicketCode}\"></p>\n");
        }

        if (content.Ending is { } ending)
            AppendParagraph(html, ending);
        AppendParagraph(html, sender);
        return html.Append("</body></html>\n").ToString();
    }

    private static void AppendParagraph(StringBuilder html, string text) =>
        html.Append($"<p>{HtmlEncoder.Default.Encode(text)
            .Replace("&#xA;", "<br>\n", StringComparison.Ordinal)}</p>\n");
}

/// <summary>The content of an email, before it is formatted as text and HTML.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Paragraphs">The paragraphs; each may have several lines.</param>
internal sealed record EmailContent(string Subject, IReadOnlyList<string> Paragraphs)
{
    /// <summary>The tickets in the email.</summary>
    public IReadOnlyList<Attendee> Tickets { get; init; } = [];

    /// <summary>The text below the tickets.</summary>
    public string? Ending { get; init; }
}
