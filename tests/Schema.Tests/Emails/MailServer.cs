using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Equaticket.Schema.Tests.Emails;

/// <summary>A mail server on loopback that stores what it accepts.</summary>
internal sealed class MailServer : MessageStore, IMailboxFilter, IAsyncDisposable
{
    private readonly SmtpServer.SmtpServer _server;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _running;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _held = new();

    /// <param name="certificate">The certificate for STARTTLS; null to offer no encryption.</param>
    public MailServer(X509Certificate2? certificate = null)
    {
        Port = FreePort();
        var services = new ServiceProvider();
        services.Add((IMessageStore)this);
        services.Add((IMailboxFilter)this);
        var endpoint = new EndpointDefinitionBuilder()
            .Endpoint(new IPEndPoint(IPAddress.Loopback, Port));
        if (certificate is not null)
            endpoint.Certificate(certificate);
        _server = new SmtpServer.SmtpServer(
            new SmtpServerOptionsBuilder().ServerName("mail.example").Endpoint(endpoint.Build())
                .Build(),
            services);
        _running = _server.StartAsync(_end.Token);
    }

    public int Port { get; }

    public ConcurrentQueue<MimeMessage> Taken { get; } = new();

    /// <summary>The responses to the next emails, which are then not accepted.</summary>
    public ConcurrentQueue<SmtpResponse> Refusals { get; } = new();

    /// <summary>Recipients that it always refuses.</summary>
    public ConcurrentBag<string> Unknown { get; } = [];

    /// <summary>Delays the response to every email for a recipient.</summary>
    /// <returns>Complete it to send the response.</returns>
    public TaskCompletionSource Hold(string recipient) => _held.GetOrAdd(
        recipient, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    public IEnumerable<(string Key, string? Value)> Settings =>
    [
        ("Email:SmtpHost", "127.0.0.1"),
        ("Email:SmtpPort", $"{Port}"),
        ("Email:SmtpSecurity", "None"),
        ("Email:From", "tickets@equaticket.example"),
    ];

    public override async Task<SmtpResponse> SaveAsync(
        ISessionContext context,
        IMessageTransaction transaction,
        ReadOnlySequence<byte> buffer,
        CancellationToken cancellationToken)
    {
        if (Refusals.TryDequeue(out var refusal))
            return refusal;
        using var bytes = new MemoryStream(buffer.ToArray());
        Taken.Enqueue(await MimeMessage.LoadAsync(bytes, cancellationToken));
        return SmtpResponse.Ok;
    }

    public Task<bool> CanAcceptFromAsync(
        ISessionContext context, IMailbox from, int size, CancellationToken cancellationToken) =>
        Task.FromResult(true);

    public async Task<bool> CanDeliverToAsync(
        ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken)
    {
        var address = $"{to.User}@{to.Host}";
        if (_held.TryGetValue(address, out var gate))
            await gate.Task.WaitAsync(cancellationToken);
        return !Unknown.Contains(address);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _end.Dispose();
    }

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
