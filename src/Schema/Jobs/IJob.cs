namespace Equaticket.Schema.Jobs;

/// <summary>A background job that every host runs repeatedly. Two hosts may run it concurrently.</summary>
public interface IJob
{
    /// <summary>Processes everything that is due now. An item that fails does not delay the others.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
