using Equaticket.Persistence;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Emails;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Equaticket.Schema.Tests.Emails;

public sealed class AccountEmailTests
{
    [Fact]
    public async Task An_email_that_cannot_be_written_delays_no_others_and_is_abandoned_after_12_hours()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2030-03-01T09:00:00Z"));
        await using var mail = new MailServer();
        await using var host = await StartAsync(mail, clock);
        await (await host.CreateOrganizationAsync()).SignInAsync(Role.Owner);
        var address = (await host.QuerySqlAsync<string>("SELECT email FROM users")).Single();
        await QueueAsync(host, address, [AccountEmailKind.Invitation, .. Enumerable.Repeat(AccountEmailKind.SignUp, 5)]);

        await host.Get<AccountEmails>().RunAsync(CancellationToken.None);
        Assert.Equal((5, 1L), (mail.Taken.Count, await CountAsync(host)));
        clock.Advance(TimeSpan.FromHours(12));
        await host.Get<AccountEmails>().RunAsync(CancellationToken.None);
        Assert.Equal(1L, await CountAsync(host));
        clock.Advance(TimeSpan.FromHours(1));
        await host.Get<AccountEmails>().RunAsync(CancellationToken.None);
        Assert.Equal((5, 0L), (mail.Taken.Count, await CountAsync(host)));
    }

    private static Task<TestHost> StartAsync(MailServer mail, TimeProvider clock) =>
        TestHost.StartAsync(configure: builder =>
        {
            foreach (var (key, value) in mail.Settings)
                builder.Configuration[key] = value;
            builder.Services.AddSingleton(clock);
            PeriodicJobs.RemoveFrom(builder.Services);
        });

    /// <remarks>An invitation email without an invitation cannot be written.</remarks>
    private static async Task QueueAsync(TestHost host, string address, IEnumerable<AccountEmailKind> kinds)
    {
        await using var database = host.Get<TenantContexts>().Lease(null);
        database.AddRange(kinds.Select(kind => AccountEmail.Of(host.Get<RowStamps>().Next(), kind, address)));
        await database.SaveChangesAsync();
    }

    private static async Task<long> CountAsync(TestHost host) =>
        (await host.QuerySqlAsync<long>("SELECT count(*) FROM account_emails")).Single();
}
