namespace Equaticket.Schema.Execution;

/// <summary>How long an answer holds by itself: until the first moment that changes what it shows.</summary>
public sealed class AnswerTerm
{
    /// <summary>In UTC; the end of time while nothing in the answer depends on the time.</summary>
    public DateTimeOffset End { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>Ends the term no later than a moment at which a value changes, unless it has passed.</summary>
    /// <param name="moment">The moment; null for none.</param>
    /// <param name="now">The moment that the answer is made for.</param>
    public void EndBy(DateTimeOffset? moment, DateTimeOffset now)
    {
        if (moment > now && moment < End)
            End = moment.Value;
    }
}
