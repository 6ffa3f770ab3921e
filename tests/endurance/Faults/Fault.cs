using Equaticket.Endurance.Running;

namespace Equaticket.Endurance.Faults;

/// <summary>A fault that is injected and then repaired.</summary>
/// <param name="Name">The name in the result table.</param>
/// <param name="RunAsync">Injects the fault and repairs it.</param>
public sealed record Fault(string Name, Func<CancellationToken, Task> RunAsync)
{
    /// <summary>The name of the fault during which no request may fail.</summary>
    public const string Rolling = "rolling restart";
}

/// <summary>The faults that a run can inject into an installation.</summary>
public sealed class FaultList(Installation installation)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private DatabaseCluster Database => installation.Database;

    /// <summary>The faults that this machine can't inject, and why.</summary>
    public IEnumerable<string> LeftOut()
    {
        if (!Database.Servers[0].HasOwnDisk)
            yield return "standby's disk full: no small disk can be mounted";
    }

    public IEnumerable<Fault> All()
    {
        foreach (var host in installation.Hosts)
            yield return new Fault($"kill -9 {host.Name}", token => KillHostAsync(host, token));
        yield return new Fault(Fault.Rolling, RollAsync);
        yield return new Fault("PostgreSQL restart", RestartPrimaryAsync);
        yield return new Fault("switchover", SwitchAsync);
        yield return new Fault("kill -9 primary", KillPrimaryAsync);
        yield return new Fault("host cut off from database", CutHostAsync);
        yield return new Fault("Redis stopped", StopRedisAsync);
        yield return new Fault("receiver hangs", HangReceiverAsync);
        yield return new Fault("clock of a host jumps", JumpClockAsync);
        if (Database.Servers[0].HasOwnDisk)
            yield return new Fault("standby's disk full", FillDiskAsync);
    }

    private static async Task KillHostAsync(ProductHost host, CancellationToken cancellationToken)
    {
        await host.KillAsync();
        await Task.Delay(TimeSpan.FromSeconds(2), cancellationToken);
        await host.StartAsync(cancellationToken);
    }

    /// <summary>Restarts each host in turn, as an upgrade does, with time for HAProxy to detect it.</summary>
    private async Task RollAsync(CancellationToken cancellationToken)
    {
        foreach (var host in installation.Hosts)
        {
            await host.TerminateAsync();
            await host.StartAsync(cancellationToken);
            await Task.Delay(TimeSpan.FromSeconds(3), cancellationToken);
        }
    }

    private async Task RestartPrimaryAsync(CancellationToken cancellationToken)
    {
        var primary = await PrimaryAsync();
        await Database.ControlAsync("restart", "equaticket", primary.Name, "--force");
        await Database.WaitForBothAsync(Patience, cancellationToken);
    }

    private async Task SwitchAsync(CancellationToken cancellationToken)
    {
        var primary = await PrimaryAsync();
        await Database.ControlAsync("switchover", "equaticket", "--master", primary.Name, "--force");
        await Database.WaitForBothAsync(Patience, cancellationToken);
    }

    private async Task KillPrimaryAsync(CancellationToken cancellationToken)
    {
        var primary = await PrimaryAsync();
        await primary.KillAsync();
        await Wait.UntilAsync(
            "the standby to take over", Patience,
            async () => await Database.PrimaryAsync() is { } now && now != primary, cancellationToken);
        await primary.StartAsync();
        await Database.WaitForBothAsync(Patience, cancellationToken);
    }

    private async Task CutHostAsync(CancellationToken cancellationToken)
    {
        var host = installation.Hosts[1];
        host.CutNetwork();
        await Task.Delay(TimeSpan.FromSeconds(15), cancellationToken);
        host.MendNetwork();
        await host.WaitUntilReadyAsync(Patience, cancellationToken);
    }

    private async Task StopRedisAsync(CancellationToken cancellationToken)
    {
        await installation.StopRedisAsync();
        await Task.Delay(TimeSpan.FromSeconds(8), cancellationToken);
        installation.StartRedis();
    }

    /// <summary>Hangs for longer than a delivery waits for a response.</summary>
    private async Task HangReceiverAsync(CancellationToken cancellationToken)
    {
        installation.Receiver.Hang();
        await Task.Delay(TimeSpan.FromSeconds(13), cancellationToken);
        installation.Receiver.Recover();
    }

    /// <summary>First ahead of the other hosts, then behind them, by more than webhook receivers tolerate.</summary>
    private async Task JumpClockAsync(CancellationToken cancellationToken)
    {
        var host = installation.Hosts[2];
        foreach (var shift in (TimeSpan[])[TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(-10)])
        {
            host.ShiftClock(shift);
            await Task.Delay(TimeSpan.FromSeconds(8), cancellationToken);
        }

        host.ShiftClock(TimeSpan.Zero);
    }

    private async Task FillDiskAsync(CancellationToken cancellationToken)
    {
        var primary = await PrimaryAsync();
        var standby = Database.Servers.Single(server => server != primary);
        await standby.FillDiskAsync();
        await DatabaseCluster.WriteLogAsync(primary);
        await Task.Delay(TimeSpan.FromSeconds(15), cancellationToken);
        standby.EmptyDisk();
        await Database.WaitForBothAsync(Patience, cancellationToken);
    }

    private async Task<DatabaseServer> PrimaryAsync() =>
        await Database.PrimaryAsync() ?? throw new InvalidOperationException("There is no primary.");
}
