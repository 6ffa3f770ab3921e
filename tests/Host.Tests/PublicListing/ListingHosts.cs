using Equaticket.Host.Hosting;
using Equaticket.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Host.Tests.PublicListing;

/// <summary>Two hosts with one database, and a third that receives no notifications and so caches nothing.</summary>
public sealed class ListingHosts : IAsyncLifetime
{
    private const string Path = "/api/v1/public/events";


    public TestHost First { get; private set; } = null!;

    public TestHost Second { get; private set; } = null!;

    public TestHost Deaf { get; private set; } = null!;

    public IReadOnlyList<TestHost> Hearing => [First, Second];

    public async Task InitializeAsync()
    {
        First = await StartAsync(null, new ServiceCollection());
        Second = await StartAsync(First.ConnectionString, new ServiceCollection());
        Deaf = await StartAsync(First.ConnectionString, new ServiceCollection().AddSingleton(
            new ListenerConnection("Host=127.0.0.1;Port=1;Timeout=1")));
    }

    public async Task DisposeAsync()
    {
        foreach (var host in (TestHost[])[Deaf, Second, First])
            await host.DisposeAsync();
    }

    /// <returns>The page, and the number of statements that it took.</returns>
    public static Task<(ApiResponse Response, int Statements)> ReadAsync(TestHost host, string rest) =>
        StatementCounter.CountAsync(header => ApiResponse.SendAsync(
            host.Http, HttpMethod.Get, Path + rest, key: null, body: null, header));

    /// <summary>Reads a page on both hosts until they cache it.</summary>
    public async Task KeepAsync(string rest)
    {
        foreach (var host in Hearing)
        {
            await Poll.UntilAsync(
                async () => (await ReadAsync(host, rest)).Statements == 0);
        }
    }

    /// <summary>Gives all three hosts the same public URL, so that their responses are identical on any port.</summary>
    private static Task<TestHost> StartAsync(string? connectionString, IServiceCollection services) =>
        TestHost.StartAsync(connectionString, builder =>
        {
            builder.Services.AddSingleton(new PublicAddress("https://tickets.example.com", () => "http://localhost"));
            foreach (var service in services)
                builder.Services.Add(service);
        });
}
