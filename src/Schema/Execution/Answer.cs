namespace Equaticket.Schema.Execution;

/// <summary>
/// The answer to an operation as a door sends it. It is made before the transaction commits, so that
/// it can be stored with the effect it tells of.
/// </summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">Null where there is no body.</param>
/// <param name="Body">Empty where there is none.</param>
public sealed record Answer(int Status, string? ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>The address of the resource that was made.</summary>
    public string? Location { get; init; }

    /// <summary>How long to wait before trying again.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
