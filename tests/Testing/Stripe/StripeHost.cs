using System.Text;
using System.Text.Json.Nodes;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Organizations;
using Equaticket.Schema.Payments;
using Equaticket.Schema.Payments.Inbound;
using Equaticket.Schema.Refunds;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Stripe;
using Xunit;

namespace Equaticket.Testing.Stripe;

/// <summary>
/// A host that uses the fake Stripe. Its background jobs run only when a test runs them.
/// </summary>
public sealed class StripeHost : IAsyncLifetime
{
    private readonly HttpClient _http = new();

    public StripeStandIn Stripe { get; private set; } = null!;

    public TestHost Host { get; private set; } = null!;

    /// <summary>The log of the first host.</summary>
    public LogCapture Log { get; } = new();

    public async Task InitializeAsync()
    {
        Stripe = await StripeStandIn.StartAsync();
        Host = await StartHostAsync(configure: builder => builder.Logging.AddProvider(Log));
    }

    /// <param name="connectionString">The database of another host; null for a new one.</param>
    /// <param name="configure">Last changes to the host before it is built.</param>
    public Task<TestHost> StartHostAsync(
        string? connectionString = null, Action<WebApplicationBuilder>? configure = null) =>
        TestHost.StartAsync(
            connectionString,
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(Stripe.Settings);
                PeriodicJobs.RemoveFrom(builder.Services);
                configure?.Invoke(builder);
            });

    /// <returns>A new organization with a Stripe account in each mode that accepts payments.</returns>
    /// <param name="host">The host to use; by default, the first.</param>
    public async Task<TestOrganization> CreateOrganizationAsync(TestHost? host = null)
    {
        host ??= Host;
        var organization = await host.CreateOrganizationAsync();
        foreach (var livemode in new[] { true, false })
        {
            await host.Get<OrganizationRegistry>().SetStripeAsync(
                organization.Slug,
                new KnownStripeAccount(true, livemode, AccountOf(organization, livemode)),
                CancellationToken.None);
        }

        return organization;
    }

    public static string AccountOf(TestOrganization organization, bool livemode) =>
        $"acct_{organization.Organization.Id:N}{(livemode ? "live" : "test")}";

    /// <summary>Sends an event the way Stripe does.</summary>
    /// <param name="said">The event.</param>
    /// <param name="secret">The signing secret; by default, the one for the event's mode.</param>
    /// <param name="host">The host to use; by default, the first.</param>
    /// <returns>The HTTP status, and whether the event was applied.</returns>
    public async Task<(int Status, bool IsApplied)> DeliverAsync(
        JsonObject said, string? secret = null, TestHost? host = null)
    {
        var json = said.ToJsonString();
        secret ??= (bool)said["livemode"]!
            ? StripeStandIn.LiveWebhookSecret
            : StripeStandIn.TestWebhookSecret;
        var (status, body) = await PostAsync(
            json, EventUtility.GenerateSignatureHeader(json, secret, Stripe.Objects.Now), host);
        return (status, (bool?)JsonNode.Parse(body)!["applied"] == true);
    }

    public async Task<(int Status, string Body)> PostAsync(
        string body, string? signature, TestHost? host = null)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri((host ?? Host).Address, "/api/stripe/webhook"))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (signature is not null)
            request.Headers.TryAddWithoutValidation("Stripe-Signature", signature);
        using var response = await _http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Runs the background work that is due.</summary>
    public async Task RunJobsAsync(TestHost? host = null)
    {
        host ??= Host;
        await host.Get<EventRefunds>().RunAsync(CancellationToken.None);
        await host.Get<PaymentReconciliation>().RunAsync(CancellationToken.None);
        await host.Get<RefundWork>().RunAsync(CancellationToken.None);
    }

    /// <summary>Makes all scheduled work due immediately.</summary>
    public async Task HurryAsync()
    {
        await Host.ExecuteSqlAsync(
            "UPDATE refunds SET next_attempt_at = now() WHERE next_attempt_at IS NOT NULL");
        await Host.ExecuteSqlAsync(
            "UPDATE orders SET payment_check_at = now() WHERE payment_check_at IS NOT NULL");
        await Host.ExecuteSqlAsync(
            "UPDATE events SET refunds_check_at = NULL WHERE refunds_check_at IS NOT NULL");
    }

    public Task ReadMissedEventsAsync() =>
        Host.Get<MissedStripeEvents>().RunAsync(CancellationToken.None);

    public async Task<IReadOnlyList<BrokenOrder>> BrokenOrdersAsync()
    {
        await using var database = Host.Get<TenantContexts>().Lease(null);
        return await database.Database.SqlQueryRaw<BrokenOrder>(MoneyInvariant.Broken).ToListAsync();
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await Stripe.DisposeAsync();
        _http.Dispose();
    }
}

/// <summary>An order whose amounts do not add up; see <see cref="MoneyInvariant.Broken"/>.</summary>
public sealed record BrokenOrder(
    Guid OrganizationId, bool Livemode, Guid OrderId, long Captured, long Accounted, long Refunded, long Refunds);
