namespace Equaticket.Schema.Execution;

/// <summary>How long a response remains valid: until the first moment at which a value in it changes.</summary>
public sealed class AnswerTerm
{
    /// <summary>In UTC; the maximum value while the response does not depend on the time.</summary>
    public DateTimeOffset End { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>Limits the term to a moment at which a value changes, unless that moment has passed.</summary>
    /// <param name="moment">The moment; null if the value never changes.</param>
    /// <param name="now">The time for which the response is computed.</param>
    public void EndBy(DateTimeOffset? moment, DateTimeOffset now)
    {
        if (moment > now && moment < End)
            End = moment.Value;
    }
}
