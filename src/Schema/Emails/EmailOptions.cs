using System.ComponentModel.DataAnnotations;

namespace Equaticket.Schema.Emails;

/// <summary>
/// How emails are sent (<c>Email__SmtpHost</c>, <c>Email__From</c> and so on): through a mail server or, if none is
/// configured, as files.
/// </summary>
public sealed class EmailOptions : IValidatableObject
{
    public const string Section = "Email";

    /// <summary>The mail server; if null, emails are written to files.</summary>
    public string? SmtpHost { get; set; }

    [Range(1, 65_535, ErrorMessage = "Email__SmtpPort must be between 1 and 65535.")]
    public int SmtpPort { get; set; } = 587;

    public string? SmtpUser { get; set; }

    public string? SmtpPassword { get; set; }

    public SmtpSecurity SmtpSecurity { get; set; } = SmtpSecurity.StartTls;

    /// <summary>The sender's email address. The display name is that of the organization.</summary>
    public string From { get; set; } = "tickets@localhost";

    /// <summary>The sender's email address, validated on startup.</summary>
    internal EmailAddress Sender => EmailAddress.Read(From)!;

    /// <summary>The folder for the files, one <c>.eml</c> file per email.</summary>
    public string Folder { get; set; } = "mail";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (EmailAddress.Read(From) is null)
            yield return new("Email__From must be an email address, such as tickets@example.com.");
        if (string.IsNullOrEmpty(SmtpUser) != string.IsNullOrEmpty(SmtpPassword))
            yield return new("Set both Email__SmtpUser and Email__SmtpPassword, or neither.");
        if (SmtpUser is { Length: > 0 } && SmtpSecurity == SmtpSecurity.None)
            yield return new("Email__SmtpSecurity must be StartTls or Tls if a password is set.");
        if (string.IsNullOrWhiteSpace(Folder))
            yield return new("Email__Folder must name a folder.");
    }
}

/// <summary>How the connection to the mail server is encrypted.</summary>
public enum SmtpSecurity
{
    /// <summary>After the command <c>STARTTLS</c>; a server without it is refused.</summary>
    StartTls,

    /// <summary>From the first byte, as on port 465.</summary>
    Tls,

    /// <summary>Not encrypted: for a mail server on the same machine.</summary>
    None,
}
