namespace Equaticket.Schema.Jobs;

/// <summary>
/// Background work that every host repeats, on the table of jobs. Two hosts may do it at the same moment.
/// </summary>
public interface IJob
{
    /// <summary>Does what is due now. One item that fails holds up no other.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
