using Equaticket.Dashboard.Frame;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Team;
using Npgsql;

namespace Equaticket.Host.Tests.Load;

/// <summary>
/// A host that executes few requests concurrently. Tests occupy it by locking a table that requests read.
/// </summary>
public sealed class LoadSheddingTests : IAsyncLifetime
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private TestHost _host = null!;
    private TestOrganization _first = null!;
    private TestOrganization _second = null!;
    private TestOrganization _third = null!;
    private NpgsqlConnection _holder = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(configure: builder =>
        {
            builder.Configuration["Load:MaxRequests"] = "2";
            builder.Configuration["Load:MaxWaiting"] = "1";
            builder.Configuration["Load:WaitSeconds"] = "1";
            builder.Configuration["Load:TenantPercent"] = "50";
        });
        _first = await _host.CreateOrganizationAsync();
        _second = await _host.CreateOrganizationAsync();
        _third = await _host.CreateOrganizationAsync();
        _holder = new NpgsqlConnection(_host.ConnectionString);
        await _holder.OpenAsync();
    }

    public async Task DisposeAsync()
    {
        await _holder.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task An_open_live_page_is_not_a_running_request()
    {
        var admin = await _first.SignInAsync(Role.Admin);
        var session = await _host.Get<SessionRegistry>().BeginAsync(
            admin.UserId, "127.0.0.1", "Test", CancellationToken.None);
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"/dashboard/{_first.Slug}/live/settings/developer/activity?tail=1");
        request.Headers.Add("Cookie", $"{SessionAuthentication.Cookie}={session}");
        using var page = await _host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", page.Content.Headers.ContentType!.MediaType);
        Assert.Equal(200, (await _first.Live.GetAsync("/api/v1/events")).Status);
    }

    [Fact]
    public async Task Requests_beyond_the_limit_or_a_tenants_share_get_503_and_all_others_continue()
    {
        await using var occupied = await _holder.BeginTransactionAsync();
        await ExecuteAsync("LOCK TABLE attendees IN ACCESS EXCLUSIVE MODE");
        var one = _first.Live.GetAsync("/api/v1/attendees");
        await UntilWaitingAsync(1);
        AssertRefused(await _first.Test.GetAsync("/api/v1/orders/none"));
        AssertRefused(await _first.Live.GraphQLAsync("{ viewer { plan } }"));
        Assert.Equal(404, (await _second.Live.GetAsync("/api/v1/orders/none")).Status);

        var two = _second.Live.GetAsync("/api/v1/attendees");
        await UntilWaitingAsync(2);
        AssertRefused(await _third.Live.GetAsync("/api/v1/orders"));
        foreach (var path in (string[])["/healthz", "/readyz"])
            Assert.Equal(200, (await ApiResponse.SendAsync(_host.Http, HttpMethod.Get, path, null, null)).Status);

        await occupied.RollbackAsync();
        Assert.Equal((200, 200), ((await one).Status, (await two).Status));
        Assert.Equal(200, (await _third.Live.GetAsync("/api/v1/orders")).Status);
        Assert.Equal(200, (await _first.Test.GetAsync("/api/v1/events")).Status);
    }

    [Fact]
    public async Task An_open_subscription_does_not_count_toward_the_limit()
    {
        var eventId = await _first.Live.CreatePublishedEventAsync();
        await using var one = await SubscribeAsync(eventId);
        await using var two = await SubscribeAsync(eventId);
        await using var three = await SubscribeAsync(eventId);
        Assert.Equal((200, 200, 200), (one.Status, two.Status, three.Status));
        Assert.Equal(200, (await _first.Live.GetAsync("/api/v1/events")).Status);
    }

    private Task<OpenSubscription> SubscribeAsync(string id) => _first.Live.SubscribeAsync(
        "subscription ($id: ID!) { orderConfirmed(eventId: $id) { orderNumber } }", new { id });

    private static void AssertRefused(ApiResponse response)
    {
        Assert.Equal((503, "unavailable"), (response.Status, response.ErrorCode));
        Assert.Equal("5", response.Header("Retry-After"));
    }

    /// <summary>Waits until this many requests are executing and blocked by the lock.</summary>
    private Task UntilWaitingAsync(long count) => Poll.UntilAsync(
        async () => await ScalarAsync(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'attendees'::regclass") is long waiting
            && waiting == count,
        Bound);

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _holder);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _holder);
        return await command.ExecuteScalarAsync();
    }
}
