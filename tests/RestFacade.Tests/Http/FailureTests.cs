using Npgsql;

namespace Equaticket.RestFacade.Tests.Http;

/// <summary>What callers see when the host fails.</summary>
public sealed class FailureTests
{
    private const string Path = "/api/v1/events";

    [Fact]
    public async Task Status_500_in_an_operation_shows_no_details()
    {
        await using var host = await TestHost.StartAsync();
        var organization = await host.CreateOrganizationAsync();
        await host.ExecuteSqlAsync("ALTER TABLE events RENAME COLUMN title TO heading");
        (await organization.Live.GetAsync(Path)).MatchSnapshot();
        (await organization.Live.PostAsync(Path, Seed.EventBody())).AssertRefused("internal_error");
    }

    [Fact]
    public async Task Status_500_before_an_operation_shows_no_details()
    {
        await using var host = await TestHost.StartAsync();
        var organization = await host.CreateOrganizationAsync();
        await host.ExecuteSqlAsync("ALTER TABLE api_keys RENAME COLUMN hash TO digest");
        (await organization.Live.GetAsync(Path)).MatchSnapshot();
    }

    [Fact]
    public async Task Status_503_while_the_database_is_unavailable()
    {
        await using var plain = await TestHost.StartAsync();
        var address = new NpgsqlConnectionStringBuilder(plain.ConnectionString);
        using var forwarder = new Forwarder(address.Host!, address.Port);
        (address.Host, address.Port) = ("127.0.0.1", forwarder.Port);
        await using var host = await TestHost.StartAsync(address.ConnectionString);
        var organization = await host.CreateOrganizationAsync();
        var id = await organization.Live.CreateEventAsync();

        forwarder.Dispose();
        (await organization.Live.GetAsync($"{Path}/{id}")).MatchSnapshot();
        (await organization.Live.PostAsync(Path, Seed.EventBody())).AssertRefused("unavailable");
        (await organization.Live.GetAsync($"/api/v1/public/events?org_slug={organization.Slug}"))
            .AssertRefused("unavailable");
        (await organization.Live.GetAsync("/api/v1/nowhere")).AssertRefused("not_found");
    }
}
