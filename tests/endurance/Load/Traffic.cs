using System.Diagnostics;

namespace Equaticket.Endurance.Load;

/// <summary>Starts requests on schedule, whether or not earlier ones have completed.</summary>
public sealed class Traffic(double rate, EventTraffic events, SalesTraffic sales, Shelf shelf, TimeSpan shelfLife)
{
    /// <summary>The kinds of visitors, each with its share in percent.</summary>
    private readonly (int Share, Func<Task> Visit)[] _visitors =
    [
        (35, sales.BuyFreeAsync),
        (12, sales.BuyAndRefundAsync),
        (15, sales.ScanAsync),
        (8, events.CreateAsync),
        (6, events.ChangeAsync),
        (24, () => events.ReadAsync(shelf)),
    ];

    private int _present;

    /// <summary>Visitors who have not finished.</summary>
    public int Present => _present;

    /// <summary>The first error of this program, as opposed to the product.</summary>
    public Exception? Broken { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        var renewing = RenewAsync(stop);
        var (clock, due) = (Stopwatch.StartNew(), TimeSpan.Zero);
        while (!stop.IsCancellationRequested)
        {
            // Poisson arrivals.
            due += TimeSpan.FromSeconds(-Math.Log(1 - Random.Shared.NextDouble()) / rate);
            if (due > clock.Elapsed)
                await Task.Delay(due - clock.Elapsed, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _ = VisitAsync(Choose());
        }

        await renewing;
    }

    private async Task RenewAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(shelfLife, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stop.IsCancellationRequested)
                await VisitAsync(shelf.RenewAsync);
        }
    }

    private Func<Task> Choose()
    {
        var drawn = Random.Shared.Next(_visitors.Sum(visitor => visitor.Share));
        return _visitors.First(visitor => (drawn -= visitor.Share) < 0).Visit;
    }

    private async Task VisitAsync(Func<Task> visit)
    {
        Interlocked.Increment(ref _present);
        try
        {
            // Not on the thread that schedules arrivals.
            await Task.Run(visit);
        }
        catch (Exception fault)
        {
            Broken ??= fault;
        }
        finally
        {
            Interlocked.Decrement(ref _present);
        }
    }
}
