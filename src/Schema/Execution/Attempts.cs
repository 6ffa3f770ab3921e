namespace Equaticket.Schema.Execution;

/// <summary>Retries a transaction that conflicted with another.</summary>
internal static class Attempts
{
    private const int Max = 3;

    /// <param name="attempt">
    /// One attempt, in a separate transaction. Receives whether it is the last one, whose database errors are not
    /// retried, and returns whether it requests another attempt itself.
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
                // The conflicting transaction has ended.
            }
        }
    }
}
