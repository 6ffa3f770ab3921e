using Equaticket.Persistence.Team;
using Equaticket.Schema.ApiKeys;
using Equaticket.Schema.Emails;
using Equaticket.Schema.Tests.Emails;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace Equaticket.Schema.Tests.ApiKeys;

/// <summary>Each owner gets one notice 7 days and one 1 day before an API key expires, even with two hosts.</summary>
[Trait("Category", "Slow")]
public sealed class KeyExpiryTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2030-03-01T09:00:00Z"));
    private readonly MailServer _mail = new();
    private TestHost _host = null!;
    private TestHost _other = null!;
    private TestOrganization _org = null!;
    private SessionClient _owner = null!;

    public async Task InitializeAsync()
    {
        _host = await StartAsync(connectionString: null);
        _other = await StartAsync(_host.ConnectionString);
        _org = await _host.CreateOrganizationAsync();
        _owner = await _org.SignInAsync(Role.Owner);
    }

    public async Task DisposeAsync()
    {
        await _other.DisposeAsync();
        await _host.DisposeAsync();
        await _mail.DisposeAsync();
    }

    [Fact]
    public async Task The_owner_is_notified_once_7_days_before_and_once_1_day_before()
    {
        var id = await CreateAsync("Website", days: 10);
        Assert.Empty(await MailsAfterAsync(TimeSpan.FromDays(2)));
        var first = Assert.Single(await MailsAfterAsync(TimeSpan.FromDays(1.5)));
        Assert.Equal("API key Website expires soon", first.Subject);
        Assert.Contains($"of {_org.Organization.Name}", first.TextBody, StringComparison.Ordinal);
        Assert.Contains("expires on 11 Mar 2030, 09:00 UTC.", first.TextBody, StringComparison.Ordinal);
        Assert.Contains(
            $"/{_org.Slug}/live/settings/developer/api-keys/{id}", first.TextBody, StringComparison.Ordinal);
        Assert.Empty(await MailsAfterAsync(TimeSpan.FromDays(5)));
        Assert.Single(await MailsAfterAsync(TimeSpan.FromDays(1)));
        Assert.Empty(await MailsAfterAsync(TimeSpan.FromDays(3)));
    }

    [Fact]
    public async Task A_host_that_was_down_notifies_once_and_never_about_an_expired_key()
    {
        await CreateAsync("Website", days: 8);
        Assert.Single(await MailsAfterAsync(TimeSpan.FromDays(7.5)));
        Assert.Empty(await MailsAfterAsync(TimeSpan.FromDays(1)));
        await CreateAsync("Other", days: 8);
        Assert.Empty(await MailsAfterAsync(TimeSpan.FromDays(9)));
    }

    [Fact]
    public async Task Keys_that_are_rolled_or_revoked_or_do_not_expire_send_no_notice()
    {
        var rolled = await CreateAsync("Rolled", days: 10);
        var revoked = await CreateAsync("Revoked", days: 10);
        await CreateAsync("Endless", days: null);
        Assert.Equal(200, (await _owner.PostAsync($"/api/settings/api-keys/{rolled}/roll")).Status);
        Assert.Equal(204, (await _owner.DeleteAsync($"/api/settings/api-keys/{revoked}")).Status);
        Assert.Empty(await MailsAfterAsync(TimeSpan.FromDays(9.5)));
    }

    [Fact]
    public async Task A_key_revoked_after_its_email_was_queued_is_not_mentioned()
    {
        var id = await CreateAsync("Website", days: 10);
        _clock.Advance(TimeSpan.FromDays(4));
        await _host.Get<KeyExpiryNotices>().RunAsync(CancellationToken.None);
        await _owner.DeleteAsync($"/api/settings/api-keys/{id}");
        Assert.Empty(await MailsAfterAsync(TimeSpan.Zero));
        Assert.Equal([0L], await _host.QuerySqlAsync<long>("SELECT count(*) FROM account_emails"));
    }

    private Task<TestHost> StartAsync(string? connectionString) =>
        TestHost.StartAsync(connectionString, builder =>
        {
            foreach (var (key, value) in _mail.Settings)
                builder.Configuration[key] = value;
            builder.Services.AddSingleton<TimeProvider>(_clock);
            PeriodicJobs.RemoveFrom(builder.Services);
        });

    private async Task<string> CreateAsync(string name, int? days)
    {
        var created = await _owner.PostAsync("/api/settings/api-keys", new
        {
            name,
            mode = "live",
            scopes = new[] { "events:read" },
            expires_at = days is { } some ? _clock.GetUtcNow().AddDays(some).ToString("yyyy-MM-ddTHH:mm:ssZ") : null,
        });
        Assert.True(created.Status == 201, created.Body);
        return created.Id;
    }

    /// <returns>The emails that both hosts send after this time has passed.</returns>
    private async Task<IReadOnlyList<MimeMessage>> MailsAfterAsync(TimeSpan time)
    {
        _clock.Advance(time);
        await Task.WhenAll(new[] { _host, _other, _host, _other }
            .Select(host => host.Get<KeyExpiryNotices>().RunAsync(CancellationToken.None)));
        await _host.Get<AccountEmails>().RunAsync(CancellationToken.None);
        var taken = _mail.Taken.ToArray();
        _mail.Taken.Clear();
        return taken;
    }
}
