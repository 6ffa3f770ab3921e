using System.Diagnostics.Metrics;
using Equaticket.Host.Jobs;
using Equaticket.Host.Telemetry;
using Equaticket.Schema.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Equaticket.Host.Tests.Jobs;

public sealed class JobTableTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void The_table_runs_every_job_class_once() =>
        Assert.Equal(
            new[] { typeof(IJob).Assembly, typeof(JobTable).Assembly }
                .SelectMany(assembly => assembly.GetTypes())
                .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IJob)))
                .Select(type => type.FullName).Order(),
            JobTable.Jobs.Select(job => job.Type.FullName).Order());

    [Fact]
    public void Jobs_have_unique_names_and_intervals()
    {
        Assert.Distinct(JobTable.Jobs.Select(job => job.Name));
        Assert.All(JobTable.Jobs, job => Assert.True(job.Interval > TimeSpan.Zero));
    }

    [Fact]
    public async Task A_host_can_create_every_job()
    {
        var host = await TestHost.SharedAsync();
        Assert.All(
            JobTable.Jobs, job => Assert.IsAssignableFrom<IJob>(host.Services.GetRequiredService(job.Type)));
    }

    [Fact]
    public async Task A_job_that_fails_or_hangs_delays_no_other_and_runs_again()
    {
        var (failing, hanging, sound) = (new Failing(), new Hanging(), new Sound());
        using var runner = Runner(failing, hanging, sound);
        await runner.StartAsync(CancellationToken.None);
        for (var run = 1; run <= 3; run++)
            await UntilAsync(() => failing.Runs >= run && sound.Runs >= run && hanging.Runs == 1);
        await runner.StopAsync(CancellationToken.None);
        Assert.True(hanging.HasEnded);
    }

    [Fact]
    public async Task A_job_runs_after_its_interval_and_at_startup_only_if_the_table_says_so()
    {
        var (later, first) = (new Sound(), new Hanging());
        using var runner = Runner(
            (Row(later), later), (Row(first) with { RunsAtStart = true }, first));
        await runner.StartAsync(CancellationToken.None);
        await Poll.UntilAsync(() => Task.FromResult(first.Runs == 1));
        Assert.Equal(0, later.Runs);
        await UntilAsync(() => later.Runs > 0);
        await runner.StopAsync(CancellationToken.None);
    }

    private JobRunner Runner(params IJob[] jobs) => Runner([.. jobs.Select(job => (Row(job), job))]);

    private JobRunner Runner(params (Job Row, IJob Work)[] jobs)
    {
        var services = new ServiceCollection().AddMetrics();
        foreach (var (row, work) in jobs)
            services.AddSingleton(row.Type, work);
        var provider = services.BuildServiceProvider();
        return new JobRunner(
            jobs.Select(job => job.Row), provider, _clock,
            new HostMetrics(provider.GetRequiredService<IMeterFactory>(), _clock), NullLogger<JobRunner>.Instance);
    }

    private static Job Row(IJob work) => new(work.GetType().Name, TimeSpan.FromSeconds(5), work.GetType());

    /// <summary>Advances the clock until the condition is true.</summary>
    private Task UntilAsync(Func<bool> condition) => Poll.UntilAsync(
        () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            return Task.FromResult(condition());
        });

    private sealed class Failing : IJob
    {
        public int Runs { get; private set; }

        public Task RunAsync(CancellationToken cancellationToken) =>
            throw (++Runs % 2 == 0 ? new OperationCanceledException() : (Exception)new InvalidOperationException());
    }

    private sealed class Sound : IJob
    {
        public int Runs { get; private set; }

        public Task RunAsync(CancellationToken cancellationToken)
        {
            Runs++;
            return Task.CompletedTask;
        }
    }

    /// <summary>A job that ends only when the host stops.</summary>
    private sealed class Hanging : IJob
    {
        public int Runs { get; private set; }

        public bool HasEnded { get; private set; }

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            Runs++;
            await Task.Delay(Timeout.Infinite, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            HasEnded = true;
        }
    }
}
