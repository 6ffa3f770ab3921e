namespace Equaticket.Schema.Execution;

/// <summary>Retries a transaction that conflicted with another.</summary>
internal static class Attempts
{
    private const int Max = 3;

    /// <param name="attempt">One attempt, in a separate transaction.</param>
    public static async Task<T> RunAsync<T>(Func<Attempt, Task<T>> attempt)
    {
        for (var number = 1; ; number++)
        {
            var current = new Attempt { IsLast = number >= Max };
            try
            {
                var result = await attempt(current);
                if (!current.RunAgain)
                    return result;
            }
            catch (Exception fault) when (!current.IsLast && DatabaseErrors.IsRetryable(fault))
            {
                // The conflicting transaction has ended.
            }
        }
    }
}

/// <summary>One attempt at a transaction.</summary>
public sealed class Attempt
{
    /// <summary>Whether database errors are no longer retried.</summary>
    public bool IsLast { get; init; }

    /// <summary>Set if running the same transaction again may succeed.</summary>
    public bool RunAgain { get; set; }

    /// <summary>
    /// Set if the operation generates a unique name, so that losing a race for it means choosing another name and not
    /// a conflict.
    /// </summary>
    public bool GeneratesUniqueName { get; set; }
}
