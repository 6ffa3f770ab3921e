namespace Equaticket.Schema.Jobs;

/// <summary>How long jobs wait before they ask somebody outside again.</summary>
internal static class Backoff
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
    ];

    /// <param name="attempts">How often it was tried, from 1.</param>
    /// <returns>5 seconds after the first attempt, an hour from the sixth on.</returns>
    public static TimeSpan After(int attempts) =>
        Pauses[Math.Clamp(attempts - 1, 0, Pauses.Length - 1)];
}
