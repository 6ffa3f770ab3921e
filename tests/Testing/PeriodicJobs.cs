using Equaticket.Host.Jobs;
using Equaticket.Schema.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Testing;

/// <summary>Lets a test control when background jobs run.</summary>
public static class PeriodicJobs
{
    /// <summary>Removes the jobs of a host, except those that must run at startup.</summary>
    public static void RemoveFrom(IServiceCollection services)
    {
        var jobs = services
            .Where(service => service.ImplementationInstance is Job { RunsAtStart: false }).ToList();
        jobs.ForEach(job => services.Remove(job));
    }

    /// <summary>Removes one job of a host.</summary>
    public static void Remove<TJob>(IServiceCollection services)
        where TJob : IJob =>
        services.Remove(services.Single(
            service => service.ImplementationInstance is Job job && job.Type == typeof(TJob)));

    /// <summary>Runs each job that <see cref="RemoveFrom"/> removes, once.</summary>
    public static async Task RunAllAsync(TestHost host)
    {
        foreach (var job in JobTable.Jobs.Where(job => !job.RunsAtStart))
            await ((IJob)host.Services.GetRequiredService(job.Type)).RunAsync(CancellationToken.None);
    }
}
