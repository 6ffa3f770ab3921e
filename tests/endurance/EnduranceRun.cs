using System.Diagnostics;
using Equaticket.Endurance.Faults;
using Equaticket.Endurance.Judging;
using Equaticket.Endurance.Load;
using Equaticket.Endurance.Running;
using Npgsql;

namespace Equaticket.Endurance;

/// <summary>A full endurance run, from an empty folder to the verdict.</summary>
public sealed class EnduranceRun(RunOptions options)
{
    private const double LongestGapSeconds = 30;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Journal _journal = new();
    private readonly Ledger _ledger = new();

    /// <returns>True if every claim is valid.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var folder = new RunFolder(Environment.GetEnvironmentVariable("ENDURANCE_FOLDER")
            ?? throw new InvalidOperationException("Set ENDURANCE_FOLDER, as run.sh does."));
        Say($"Seed {options.Seed}, folder {folder.Path}");
        await using var installation = new Installation(folder, options);
        await installation.StartAsync(Say, cancellationToken);
        var shop = await Shop.OpenAsync(installation);
        using var client = new Client(installation.Address, _journal, _ledger, shop.Cookie);
        await SubscribeAsync(installation, shop, client);
        var shelf = new Shelf(shop, client, _ledger, installation.Address);
        await shelf.RenewAsync();
        var traffic = new Traffic(
            options.Rate,
            new EventTraffic(shop, client, _ledger),
            new SalesTraffic(shop, client, _ledger, shelf),
            shelf,
            TimeSpan.FromSeconds(Math.Max(25, options.Minutes * 60 / 40)));
        var plan = new FaultPlan(installation, _journal, options, Say);
        var started = _clock.Elapsed;
        var use = new HostUse(installation.Hosts);
        await BreakAsync(traffic, plan, use, cancellationToken);
        var claims = await JudgeAsync(installation, traffic, plan, use);
        foreach (var stream in _ledger.Streams)
            await stream.DisposeAsync();
        var report = new Report(
            options, _clock.Elapsed - started, _journal, _ledger, installation.Receiver.Messages,
            installation.Hosts.Sum(host => host.Restarts), claims, [.. use.Trends(), use.Total()],
            [.. new FaultList(installation).LeftOut()]);
        Show(report, folder);
        return report.Holds;
    }

    private static async Task SubscribeAsync(Installation installation, Shop shop, Client client)
    {
        var url = $"http://127.0.0.1:{installation.Receiver.Port}/hook";
        var answer = await client.SendAsync(new Call(
            HttpMethod.Post, "/api/v1/webhooks", new { url, events = new[] { "order.created", "ticket.checked_in" } },
            shop.LiveKey, Client.NewKey()));
        if (answer?.Status != 201)
            throw new InvalidOperationException($"The webhook was not created: {answer?.Message}");
        installation.Receiver.Secret = $"{answer.Body.GetProperty("secret")}";
    }

    /// <summary>Runs load and faults, then waits until the system settles.</summary>
    private async Task BreakAsync(Traffic traffic, FaultPlan plan, HostUse use, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var stopProgress = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var progress = ProgressAsync(traffic, stopProgress.Token);
        var (visiting, sampling) = (traffic.RunAsync(stop.Token), use.RunAsync(stop.Token));
        try
        {
            await plan.RunAsync(TimeSpan.FromMinutes(options.Minutes), cancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(visiting, sampling);
        }

        Say("Waiting for calm …");
        await SettleAsync(
            "all visitors to finish", TimeSpan.FromMinutes(8),
            () => Task.FromResult(traffic.Present == 0), cancellationToken);
        await stopProgress.CancelAsync();
        await progress;
    }

    private async Task<List<Claim>> JudgeAsync(
        Installation installation, Traffic traffic, FaultPlan plan, HostUse use)
    {
        await using var source = NpgsqlDataSource.Create(installation.ConnectionString);
        var rows = new Rows(source);
        await SettleAsync(
            "all deliveries", TimeSpan.FromMinutes(3),
            async () => await rows.QueuedDeliveriesAsync() == 0
                && (await rows.WebhookEventsAsync()).Count <= installation.Receiver.Received.Count,
            CancellationToken.None);
        await SettleAsync(
            "all subscriptions", TimeSpan.FromSeconds(30),
            () => Task.FromResult(!Verdict.MissingInStreams(_ledger).Any()), CancellationToken.None);
        var (code, output) = await installation.TryCommandAsync(["check"]);
        List<Claim> claims = [.. await new Verdict(_ledger, rows, installation.Receiver).JudgeAsync()];
        claims.Add(new("differences found by ./equaticket check", code == 0 ? [] : [output]));
        claims.Add(new("failed requests during a rolling restart", [.. FailedWhileRolling()]));
        claims.Add(new($"gaps of more than {LongestGapSeconds} s", [.. Gaps()]));
        claims.Add(new("faults after which something did not come back", plan.NotMended));
        claims.Add(new("visitors who never finished", traffic.Present == 0 ? [] : [$"{traffic.Present}"]));
        claims.Add(new("faults of this program", traffic.Broken is { } broken ? [$"{broken}"] : []));
        if (options.IsLong)
            claims.Add(new("growth of memory, file handles or sockets by more than 5 %", [.. Growing(use.Total())]));
        return claims;
    }

    /// <summary>Waits, so that the verdict isn't premature. It reports anything that never arrives.</summary>
    private async Task SettleAsync(
        string what, TimeSpan patience, Func<Task<bool>> holds, CancellationToken cancellationToken)
    {
        try
        {
            await Wait.UntilAsync(what, patience, holds, cancellationToken);
        }
        catch (TimeoutException late)
        {
            Say(late.Message);
        }
    }

    /// <summary>
    /// Skips attempts that started before the restart, which an earlier fault may have failed, and requests that must
    /// wait because the first request with their key is still running.
    /// </summary>
    private IEnumerable<string> FailedWhileRolling() =>
        from fault in _journal.Faults
        where fault.Name == Fault.Rolling
        from attempt in _journal.FailedDuring(fault)
        where attempt.Start >= fault.Start && attempt.Code != Client.StillRunning
        select $"{attempt.Code}: {attempt.Request}";

    private IEnumerable<string> Gaps() =>
        from fault in _journal.Faults
        let gap = _journal.LongestGap(fault)
        where gap > LongestGapSeconds
        select $"{fault.Name}: {gap:0.0} s";

    private static IEnumerable<string> Growing(UseTrend trend) =>
        trend.Growth > 0.05 ? [$"{trend.First} → {trend.Last}"] : [];

    private async Task ProgressAsync(Traffic traffic, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(10), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Say($"{_journal.Attempts} requests, {_journal.Failed.Count} failed, {_journal.Acknowledged} writes, "
                + $"{traffic.Present} visitors present");
        }
    }

    private void Show(Report report, RunFolder folder)
    {
        File.WriteAllText(folder.In("result.md"), report.ToMarkdown());
        File.WriteAllText(folder.In("result.json"), report.ToJson());
        File.WriteAllLines(folder.In("failed.log"), _journal.Lines());
        foreach (var claim in report.Claims.Where(claim => !claim.Holds))
        {
            Say($"DOES NOT HOLD: {claim.Name}");
            foreach (var finding in claim.Against.Take(20))
                Say($"  {finding}");
        }

        Console.WriteLine(options.AsJson ? report.ToJson() : report.ToMarkdown());
    }

    private void Say(string text) => Console.Error.WriteLine($"{_clock.Elapsed.TotalSeconds,6:0} s  {text}");
}
