using MimeKit;

namespace Equaticket.Schema.Emails;

/// <summary>A transport for emails.</summary>
public interface IEmailTransport
{
    /// <summary>Opens a connection to send emails one after another. Connects when the first one is sent.</summary>
    IEmailConnection Open();
}

/// <summary>Sends emails one after another.</summary>
public interface IEmailConnection : IAsyncDisposable
{
    /// <summary>Sends an email. Its <c>Message-Id</c> identifies duplicates.</summary>
    /// <exception cref="EmailRefusedException">The email will never be accepted.</exception>
    /// <exception cref="EmailUndeliveredException">The email may be accepted later.</exception>
    Task SendAsync(MimeMessage message, CancellationToken cancellationToken);
}

/// <summary>The mail server will never accept this email.</summary>
/// <param name="reason">The reason, without email addresses, for the log.</param>
public sealed class EmailRefusedException(string reason) : Exception(reason);

/// <summary>The email was not accepted this time.</summary>
/// <param name="reason">The reason, without email addresses, for the log.</param>
public sealed class EmailUndeliveredException(string reason) : Exception(reason)
{
    /// <summary>Whether other emails would fail too, because the mail server can't be reached.</summary>
    public bool IsOutage { get; init; }
}
