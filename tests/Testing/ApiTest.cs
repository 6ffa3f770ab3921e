using Xunit;

namespace Equaticket.Testing;

/// <summary>A test against the shared host, with a separate organization.</summary>
public abstract class ApiTest : IAsyncLifetime
{
    protected TestHost Host { get; private set; } = null!;

    protected TestOrganization Org { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        Host = await TestHost.SharedAsync();
        Org = await Host.CreateOrganizationAsync();
    }

    public virtual Task DisposeAsync() => Task.CompletedTask;
}
