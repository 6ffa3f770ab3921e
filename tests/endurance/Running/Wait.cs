using System.Diagnostics;

namespace Equaticket.Endurance.Running;

internal static class Wait
{
    /// <exception cref="TimeoutException">The condition wasn't met in time.</exception>
    public static async Task UntilAsync(
        string what, TimeSpan patience, Func<Task<bool>> holds, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (!await holds())
        {
            if (watch.Elapsed > patience)
                throw new TimeoutException($"Waited {patience.TotalSeconds:0} s in vain for {what}.");
            await Task.Delay(200, cancellationToken);
        }
    }
}
