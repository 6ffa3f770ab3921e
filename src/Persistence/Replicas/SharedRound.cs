namespace Equaticket.Persistence.Replicas;

/// <summary>
/// Runs one action for all callers that wait for it. The run that a caller waits for starts after its call.
/// </summary>
internal sealed class SharedRound(Func<Task> run)
{
    private readonly Lock _lock = new();
    private Task _last = Task.CompletedTask;
    private Task? _next;

    public Task JoinAsync()
    {
        lock (_lock)
            return _next ??= RunAsync(_last);
    }

    private async Task RunAsync(Task last)
    {
        await last.ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_lock)
            (_last, _next) = (_next!, null);
        await run();
    }
}
