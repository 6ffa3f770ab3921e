using System.Diagnostics;
using Equaticket.Endurance.Load;
using Equaticket.Endurance.Running;

namespace Equaticket.Endurance.Faults;

/// <summary>Injects faults one at a time, each after the system has recovered from the previous one.</summary>
public sealed class FaultPlan(Installation installation, Journal journal, RunOptions options, Action<string> report)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(4);

    /// <summary>The faults from which the system did not recover.</summary>
    public List<string> NotMended { get; } = [];

    /// <summary>Injects each fault once, in an order derived from the seed, and repeats until the time is up.</summary>
    public async Task RunAsync(TimeSpan time, CancellationToken stop)
    {
        var (clock, random) = (Stopwatch.StartNew(), new Random(options.Seed));
        var faults = new FaultList(installation).All()
            .Where(fault => options.Faults.Length == 0
                || options.Faults.Any(name => fault.Name.Contains(name, StringComparison.OrdinalIgnoreCase)))
            .ToArray();
        await Task.Delay(Pause, stop);
        do
        {
            random.Shuffle(faults);
            foreach (var fault in faults)
            {
                await CauseAsync(fault, stop);
                if (!options.IsQuick && clock.Elapsed > time)
                    return;
            }
        }
        while (clock.Elapsed < time && !options.IsQuick);
    }

    private async Task CauseAsync(Fault fault, CancellationToken stop)
    {
        report($"Fault: {fault.Name} …");
        var start = Stopwatch.GetTimestamp();
        try
        {
            // Patroni may have dropped the standby shortly after the previous fault, until it was synchronous again.
            await installation.Database.WaitForBothAsync(TimeSpan.FromMinutes(2), stop);
            start = Stopwatch.GetTimestamp();
            await fault.RunAsync(stop);
            foreach (var host in installation.Hosts)
                await host.WaitUntilReadyAsync(TimeSpan.FromMinutes(2), stop);
            await WaitForWritesAsync(stop);
        }
        catch (Exception broken) when (broken is TimeoutException or InvalidOperationException)
        {
            NotMended.Add($"{fault.Name}: {broken.Message}");
            report($"NOT MENDED: {fault.Name}: {broken.Message}");
        }

        var window = new FaultWindow(fault.Name, start, Stopwatch.GetTimestamp());
        journal.Add(window);
        report($"{fault.Name}: {window.Seconds:0} s, longest gap {journal.LongestGap(window):0.0} s, "
            + $"{journal.FailedDuring(window).Count()} attempts failed; {await installation.Database.DescribeAsync()}");
        await Task.Delay(Pause, stop);
    }

    private Task WaitForWritesAsync(CancellationToken stop)
    {
        var before = journal.Acknowledged;
        return Wait.UntilAsync(
            "writes to be acknowledged again", TimeSpan.FromMinutes(1),
            () => Task.FromResult(journal.Acknowledged > before + 3), stop);
    }
}
