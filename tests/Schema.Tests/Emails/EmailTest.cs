using Equaticket.Schema.Emails;
using Equaticket.Schema.Tests.Checkout;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Equaticket.Schema.Tests.Emails;

/// <summary>
/// A host with its own mail server and a stopped clock. Its email job is removed, so it sends only when a test calls
/// for it.
/// </summary>
public sealed class EmailHost : IAsyncLifetime
{
    internal MailServer Mail { get; } = new();

    internal FakeTimeProvider Clock { get; } = new(DateTimeOffset.Parse("2030-03-01T09:00:00Z"));

    internal LogCapture Log { get; } = new();

    public TestHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await StartAsync(connectionString: null);

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await Mail.DisposeAsync();
    }

    /// <param name="connectionString">The database of another host, or null for a new one.</param>
    /// <param name="settings">Settings that replace those of <see cref="Mail"/>.</param>
    public Task<TestHost> StartAsync(
        string? connectionString, params (string Key, string? Value)[] settings) =>
        TestHost.StartAsync(connectionString, builder =>
        {
            Configure(builder, settings);
            PeriodicJobs.Remove<EmailDelivery>(builder.Services);
        });

    /// <summary>A host that sends in the background.</summary>
    public Task<TestHost> StartWithJobAsync() =>
        TestHost.StartAsync(Host.ConnectionString, builder => Configure(builder, []));

    private void Configure(
        WebApplicationBuilder builder, IEnumerable<(string Key, string? Value)> settings)
    {
        foreach (var (key, value) in Mail.Settings.Concat(settings))
            builder.Configuration[key] = value;
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Logging.AddProvider(Log);
    }
}

/// <summary>A test that starts with an empty queue and an empty mailbox.</summary>
public abstract class EmailTest(EmailHost shared) : IClassFixture<EmailHost>, IAsyncLifetime
{
    private protected MailServer Mail => shared.Mail;

    private protected FakeTimeProvider Clock => shared.Clock;

    private protected LogCapture Log => shared.Log;

    protected TestHost Host => shared.Host;

    protected TestOrganization Org { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Host.ExecuteSqlAsync("DELETE FROM queued_emails");
        Mail.Taken.Clear();
        Log.Lines.Clear();
        Org = await Host.CreateOrganizationAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Another host with the same database.</summary>
    protected Task<TestHost> StartAsync(params (string Key, string? Value)[] settings) =>
        shared.StartAsync(Host.ConnectionString, settings);

    /// <summary>Another host with the same database, which sends in the background.</summary>
    protected Task<TestHost> StartWithJobAsync() => shared.StartWithJobAsync();

    /// <summary>Sends what is due.</summary>
    protected Task SendAsync() => Host.Get<EmailDelivery>().RunAsync(CancellationToken.None);

    /// <returns>A free live event, and the code of a ticket just bought for it.</returns>
    protected Task<(string EventId, string Code)> BuyAsync(
        string name = "Ada Lovelace",
        string email = "ada@example.com",
        TestOrganization? seller = null) => BuyAsync(_ => { }, name, email, seller);

    /// <param name="shape">Modifies the request body of the event.</param>
    /// <param name="name">The buyer's name.</param>
    /// <param name="email">The buyer's email address.</param>
    /// <param name="seller">The organizer; null for the test's own organization.</param>
    protected async Task<(string EventId, string Code)> BuyAsync(
        Action<Dictionary<string, object?>> shape,
        string name = "Ada Lovelace",
        string email = "ada@example.com",
        TestOrganization? seller = null)
    {
        var key = (seller ?? Org).Live;
        var body = Seed.EventBody("Tea & Sums");
        shape(body);
        var eventId = (await key.PostAsync("/api/v1/events", body)).Id;
        var typeId = await key.CreateTicketTypeAsync(eventId, price: 0);
        Assert.Equal(200, (await key.PostAsync($"/api/v1/events/{eventId}/publish")).Status);
        var cart = Buying.Cart(eventId, (typeId, 1));
        (cart["buyerName"], cart["buyerEmail"]) = (name, email);
        var checkout = (await Host.CheckoutAsync(cart)).Checkout();
        return (eventId, checkout["tickets"]![0]!["ticketCode"].Text());
    }

    /// <returns>The number of attempts, whether the email was sent, and whether another attempt is scheduled.</returns>
    protected async Task<(int Attempts, bool IsSent, bool IsDue)> QueuedAsync()
    {
        var row = Assert.Single(await Host.QuerySqlAsync<string>(
            """
            SELECT attempts || ' ' || (sent_at IS NOT NULL) || ' ' || (next_attempt_at IS NOT NULL)
            FROM queued_emails
            """)).Split(' ');
        return (int.Parse(row[0]), bool.Parse(row[1]), bool.Parse(row[2]));
    }
}
