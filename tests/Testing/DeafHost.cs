using Equaticket.Host.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Testing;

/// <summary>A host with a separate database that cannot notify it.</summary>
public static class DeafHost
{
    public static Task<TestHost> StartAsync() => TestHost.StartAsync(configure: builder =>
        builder.Services.AddSingleton(new ListenerConnection("Host=127.0.0.1;Port=1;Timeout=1")));
}
