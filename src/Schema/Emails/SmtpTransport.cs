using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Equaticket.Schema.Emails;

/// <summary>Sends emails through the configured mail server.</summary>
public sealed class SmtpTransport(IOptions<EmailOptions> options) : IEmailTransport
{
    public IEmailConnection Open() => new SmtpConnection(options.Value);
}

/// <summary>One connection to the mail server, opened on demand and reopened if it breaks.</summary>
internal sealed class SmtpConnection(EmailOptions options) : IEmailConnection
{
    private const int StepTimeoutMs = 15_000;

    /// <summary>Well within the lease of an email, so that no other host sends it in the meantime.</summary>
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(60);

    private readonly SmtpClient _client = new() { Timeout = StepTimeoutMs };

    public async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(SendTimeout);
        try
        {
            if (!_client.IsConnected)
                await ConnectAsync(bound.Token);
            await _client.SendAsync(message, bound.Token);
        }
        catch (Exception fault) when (
            IsExpected(fault) && !cancellationToken.IsCancellationRequested)
        {
            throw Translate(fault);
        }
    }

    private static bool IsExpected(Exception fault) => fault
        is ProtocolException or CommandException or AuthenticationException or SslHandshakeException
        or SocketException or IOException or NotSupportedException or TimeoutException
        or OperationCanceledException;

    /// <remarks>
    /// Does not pass on the server's message, because it may contain email addresses; the status code is enough.
    /// </remarks>
    private static Exception Translate(Exception fault) => fault switch
    {
        SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted } refusal
            when (int)refusal.StatusCode >= 500 => new EmailRefusedException(Status(refusal)),
        SmtpCommandException refusal => new EmailUndeliveredException(Status(refusal)),
        _ => new EmailUndeliveredException(
            $"the mail server cannot be reached ({fault.GetType().Name})")
        { IsOutage = true },
    };

    private static string Status(SmtpCommandException refusal) =>
        $"the mail server responded with {(int)refusal.StatusCode} ({refusal.ErrorCode})";

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await _client.ConnectAsync(
            options.SmtpHost!, options.SmtpPort, Security(options.SmtpSecurity), cancellationToken);
        if (options.SmtpUser is { Length: > 0 } user)
            await _client.AuthenticateAsync(user, options.SmtpPassword!, cancellationToken);
    }

    private static SecureSocketOptions Security(SmtpSecurity security) => security switch
    {
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        SmtpSecurity.None => SecureSocketOptions.None,
        _ => throw new ArgumentOutOfRangeException(nameof(security), security, "No such security."),
    };

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_client.IsConnected)
                await _client.DisconnectAsync(quit: true, CancellationToken.None);
        }
        catch (Exception fault) when (IsExpected(fault))
        {
            // All emails were accepted; a failed disconnect does no harm.
        }

        _client.Dispose();
    }
}
