using Xunit;

namespace Equaticket.Testing;

/// <summary>A test against a shared host, with a separate organization.</summary>
public abstract class ApiTest : IAsyncLifetime
{
    protected TestHost Host { get; private set; } = null!;

    protected TestOrganization Org { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        Host = await HostAsync();
        Org = await Host.CreateOrganizationAsync();
    }

    /// <returns>The host to test: by default, the one that the tests of this assembly share.</returns>
    protected virtual Task<TestHost> HostAsync() => TestHost.SharedAsync();

    public virtual Task DisposeAsync() => Task.CompletedTask;
}
