namespace Equaticket.Schema.Execution;

/// <summary>Runs a transaction again when another was in its way.</summary>
internal static class Attempts
{
    private const int Max = 3;

    /// <param name="attempt">
    /// One attempt, in a transaction of its own. Gets whether it is the last that a fault of the database may
    /// cost, and returns whether it asks for another itself.
    /// </param>
    public static async Task<T> RunAsync<T>(Func<bool, Task<(T Result, bool RunAgain)>> attempt)
    {
        for (var number = 1; ; number++)
        {
            var isLast = number >= Max;
            try
            {
                var (result, runAgain) = await attempt(isLast);
                if (!runAgain)
                    return result;
            }
            catch (Exception fault) when (!isLast && DatabaseErrors.IsRetryable(fault))
            {
                // The other transaction has ended.
            }
        }
    }
}
