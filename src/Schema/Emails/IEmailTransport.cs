using MimeKit;

namespace Equaticket.Schema.Emails;

/// <summary>A transport for e-mails.</summary>
public interface IEmailTransport
{
    /// <summary>Starts sending e-mails one after another. Connects with the first one.</summary>
    IEmailConnection Open();
}

/// <summary>Sends e-mails one after another.</summary>
public interface IEmailConnection : IAsyncDisposable
{
    /// <summary>Sends an e-mail. Duplicates are recognized by its <c>Message-Id</c>.</summary>
    /// <exception cref="EmailRefusedException">It will never be accepted.</exception>
    /// <exception cref="EmailUndeliveredException">It may be accepted later.</exception>
    Task SendAsync(MimeMessage message, CancellationToken cancellationToken);
}

/// <summary>The mail server will never accept this e-mail.</summary>
/// <param name="reason">The reason without addresses, for the log.</param>
public sealed class EmailRefusedException(string reason) : Exception(reason);

/// <summary>The e-mail was not accepted now.</summary>
/// <param name="reason">The reason without addresses, for the log.</param>
public sealed class EmailUndeliveredException(string reason) : Exception(reason)
{
    /// <summary>Whether others would fail too, because the mail server cannot be reached.</summary>
    public bool IsOutage { get; init; }
}
