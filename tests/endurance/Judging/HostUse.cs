using System.Globalization;
using Equaticket.Endurance.Running;

namespace Equaticket.Endurance.Judging;

/// <summary>The resource usage of a host, or of all together, at one moment.</summary>
public sealed record UseSample(string Host, double MegaBytes, int Handles, int Sockets);

/// <summary>The median resource usage in the first and the last third of the run.</summary>
public sealed record UseTrend(string Host, UseSample First, UseSample Last)
{
    /// <summary>The largest relative growth of the three: 0.05 is 5%.</summary>
    public double Growth => new[]
    {
        Last.MegaBytes / First.MegaBytes,
        (double)Last.Handles / First.Handles,
        (double)Last.Sockets / Math.Max(1, First.Sockets),
    }.Max() - 1;
}

/// <summary>Samples the memory, file handles, and sockets of each host.</summary>
public sealed class HostUse(IReadOnlyList<ProductHost> hosts)
{
    private readonly List<(double Second, UseSample Sample)> _samples = [];

    public async Task RunAsync(CancellationToken stop)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (!stop.IsCancellationRequested)
        {
            foreach (var host in hosts)
            {
                if (host.ProcessId is { } id && Sample(host.Name, id) is { } sample)
                    _samples.Add((clock.Elapsed.TotalSeconds, sample));
            }

            await Task.Delay(TimeSpan.FromSeconds(2), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>All hosts together, because the load balancer decides how many connections each has.</summary>
    public UseTrend Total()
    {
        var trends = Trends().ToList();
        return new UseTrend(
            "all", Sum(trends.Select(trend => trend.First)), Sum(trends.Select(trend => trend.Last)));
    }

    public IEnumerable<UseTrend> Trends()
    {
        if (_samples.Count == 0)
            return [];
        var third = _samples[^1].Second / 3;
        return hosts.Select(host => _samples.Where(taken => taken.Sample.Host == host.Name).ToList())
            .Select(taken => (
                First: taken.Where(sample => sample.Second <= third).Select(sample => sample.Sample).ToList(),
                Last: taken.Where(sample => sample.Second >= 2 * third).Select(sample => sample.Sample).ToList()))
            .Where(parts => parts.First.Count > 0 && parts.Last.Count > 0)
            .Select(parts => new UseTrend(parts.First[0].Host, Median(parts.First), Median(parts.Last)));
    }

    private static UseSample Sum(IEnumerable<UseSample> samples) => samples.Aggregate(
        new UseSample("all", 0, 0, 0),
        (sum, one) => new UseSample(
            sum.Host, sum.MegaBytes + one.MegaBytes, sum.Handles + one.Handles, sum.Sockets + one.Sockets));

    private static UseSample Median(List<UseSample> samples) => new(
        samples[0].Host,
        samples.Select(sample => sample.MegaBytes).Order().ElementAt(samples.Count / 2),
        samples.Select(sample => sample.Handles).Order().ElementAt(samples.Count / 2),
        samples.Select(sample => sample.Sockets).Order().ElementAt(samples.Count / 2));

    private static UseSample? Sample(string host, int id)
    {
        try
        {
            var resident = File.ReadLines($"/proc/{id}/status")
                .First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
            var handles = new DirectoryInfo($"/proc/{id}/fd").GetFileSystemInfos();
            return new UseSample(
                host, double.Parse(resident, CultureInfo.InvariantCulture) / 1024, handles.Length,
                handles.Count(handle => handle.LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true));
        }
        catch (Exception fault) when (fault is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            // The process has just exited.
            return null;
        }
    }
}
