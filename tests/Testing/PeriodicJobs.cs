using System.Reflection;
using Equaticket.Host.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Equaticket.Testing;

/// <summary>Lets a test say when background jobs run.</summary>
public static class PeriodicJobs
{
    private static readonly MethodInfo Run = typeof(PeriodicJob).GetMethod(
        "RunAsync", BindingFlags.Instance | BindingFlags.NonPublic)!;

    private static readonly IReadOnlyList<Type> All =
        [.. typeof(PeriodicJob).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PeriodicJob)))];

    /// <summary>Keeps the jobs of a host from running by themselves.</summary>
    public static void RemoveFrom(IServiceCollection services)
    {
        var jobs = services.Where(service => service.ServiceType == typeof(IHostedService)
            && service.ImplementationType is { } type && All.Contains(type)).ToList();
        jobs.ForEach(job => services.Remove(job));
    }

    /// <summary>Runs every job of a host once.</summary>
    public static async Task RunAllAsync(TestHost host)
    {
        foreach (var type in All.Where(type => !type.IsAbstract))
        {
            using var job = (PeriodicJob)ActivatorUtilities.CreateInstance(host.Services, type);
            await (Task)Run.Invoke(job, [CancellationToken.None])!;
        }
    }
}
