using MimeKit;

namespace Equaticket.Schema.Emails;

/// <summary>The way on which e-mails leave.</summary>
public interface IEmailTransport
{
    /// <summary>Begins to send some, one after another. Nothing is done before the first.</summary>
    IEmailConnection Open();
}

/// <summary>Sends e-mails one after another.</summary>
public interface IEmailConnection : IAsyncDisposable
{
    /// <summary>Hands an e-mail over. Sent again, it is recognised by its <c>Message-Id</c>.</summary>
    /// <exception cref="EmailRefusedException">It will never be taken.</exception>
    /// <exception cref="EmailUndeliveredException">It may be taken later.</exception>
    Task SendAsync(MimeMessage message, CancellationToken cancellationToken);
}

/// <summary>The mail server will never take this e-mail.</summary>
/// <param name="reason">Without an address: it goes to the log.</param>
public sealed class EmailRefusedException(string reason) : Exception(reason);

/// <summary>The e-mail was not taken now.</summary>
/// <param name="reason">Without an address: it goes to the log.</param>
public sealed class EmailUndeliveredException(string reason) : Exception(reason)
{
    /// <summary>Whether others would fare the same now, because the mail server cannot be reached.</summary>
    public bool IsOutage { get; init; }
}
